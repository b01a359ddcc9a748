/** Loads the windows of a multi-task training from a data folder and label files. */

import type { SensorPlan } from '@gaitway/core';
import { inNaturalOrder } from '@gaitway/core/internal';
import {
  type LabelTable,
  parseLabelTable,
  type PlacedRecording,
  placedRecordings,
  type PreparedTasks,
  prepareTaskData,
} from '@gaitway/core/tasks';
import { dirname, resolve } from 'node:path';
import { readDataFolder } from '../data/data-folder.js';
import { readText } from '../files/read-file.js';
import { refuseAbsentFile } from '../files/refuse-absent-file.js';
import { chooseTestPeople } from '../pipeline/load-pipeline-data.js';
import type { DataSource } from '../study/load-data.js';
import type { TaskFile } from './read-task-file.js';

export interface TaskSource {
  readonly labelled: DataSource;
  /** By default every fifth of the people in the folder. */
  readonly test?: readonly string[];
  readonly sensors: SensorPlan;
}

export interface LoadedTasks extends PreparedTasks {
  /** In natural order: 1, 6, 14. */
  readonly testPeople: readonly string[];
}

/**
 * Reads label files and recordings, and assigns the roles of the people.
 *
 * @throws InvalidInput for files that cannot be read, test people who are missing, when nobody is left to train on, and
 *   as `prepareTaskData` does.
 */
export async function loadTaskData(file: TaskFile, source: TaskSource): Promise<LoadedTasks> {
  const tables = await readLabelFiles(file);
  const people = await recordingsByPerson(source);
  const testPeople = chooseTestPeople([...people.keys()], source);
  const trainingPeople = [...people.keys()].filter((person) => !testPeople.includes(person));
  const recordingsOf = (names: readonly string[]): readonly PlacedRecording[] =>
    names.flatMap((name) => people.get(name) ?? []);
  const { window: length, step } = source.sensors;
  const prepared = prepareTaskData(
    file.plan,
    { training: recordingsOf(trainingPeople), test: recordingsOf(testPeople), tables },
    { length, step },
  );
  return { ...prepared, testPeople: inNaturalOrder(testPeople) };
}

async function recordingsByPerson({
  labelled,
  sensors,
}: TaskSource): Promise<ReadonlyMap<string, readonly PlacedRecording[]>> {
  const { folder, check, ...options } = labelled;
  const people = new Map<string, PlacedRecording[]>();
  for await (const raw of readDataFolder(folder, {
    ...options,
    ...(check && { check: { ...check, plan: sensors } }),
  })) {
    const known = people.get(raw.subject) ?? [];
    for (const placed of placedRecordings(sensors, raw)) {
      known.push(placed);
    }
    people.set(raw.subject, known);
  }
  return people;
}

/**
 * The labels of each task that has a file; paths are relative to the task file.
 *
 * @throws InvalidInput for a missing file, and for what cannot be read in it, with line and column.
 */
async function readLabelFiles({ path, plan }: TaskFile): Promise<Readonly<Record<string, LabelTable>>> {
  const tables: Record<string, LabelTable> = {};
  for (const [name, { kind, outputs, labels }] of Object.entries(plan.tasks)) {
    if (labels !== 'activity') {
      const file = resolve(dirname(path), labels.file);
      await refuseAbsentFile(file, 'a label file', { file: path, place: `tasks.${name}.labels.file` });
      tables[name] = parseLabelTable(await readText(file, file), file, { kind, outputs, columns: labels.columns });
    }
  }
  return tables;
}
