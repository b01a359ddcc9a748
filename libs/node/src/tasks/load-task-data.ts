/** From a data folder and label files to the windows of a multi-task training. */

import {
  inNaturalOrder,
  placedRecordings,
  prepareTaskData,
  type PlacedRecording,
  type PreparedTasks,
  type SensorPlan,
} from '@gaitway/core';
import { readDataFolder } from '../data/read-data-folder.js';
import { chooseTestPeople } from '../pipeline/load-pipeline-data.js';
import type { DataSource } from '../study/load-data.js';
import { readLabelFiles } from './read-label-files.js';
import type { TaskFile } from './read-task-file.js';

export interface TaskSource {
  readonly labelled: DataSource;
  /** Each fifth of the folder's people where it is left out. */
  readonly test?: readonly string[];
  readonly sensors: SensorPlan;
}

export interface LoadedTasks extends PreparedTasks {
  /** As people list them: 1, 6, 14. */
  readonly testPeople: readonly string[];
}

/**
 * Reads label files and recordings, and divides the people.
 *
 * @throws InvalidInput for files that cannot be read, test people who are not there, when nobody is left to train, and
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
  const { folder, ...options } = labelled;
  const people = new Map<string, PlacedRecording[]>();
  for await (const raw of readDataFolder(folder, options)) {
    const known = people.get(raw.subject) ?? [];
    known.push(...placedRecordings(sensors, raw));
    people.set(raw.subject, known);
  }
  return people;
}
