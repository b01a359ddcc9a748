/** From data folders to the windows of a pipeline. */

import {
  didYouMean,
  everyFifthPerson,
  inNaturalOrder,
  InvalidInput,
  preparePipelineData,
  type PreparedPipeline,
  type SensorPlan,
  type SensorRecording,
} from '@gaitway/core';
import { realpath } from 'node:fs/promises';
import { recordingsByPerson, type DataSource } from '../study/load-data.js';

export interface PipelineSource {
  readonly labelled: DataSource;
  /** Everybody in it is somebody else than the labelled people; theirs are taken where it is left out. */
  readonly unlabelled?: DataSource;
  /** Each fifth of the labelled folder's people where it is left out. */
  readonly test?: readonly string[];
  readonly sensors: SensorPlan;
  readonly seed: number;
  readonly windowsPerClass?: number;
}

export interface LoadedPipeline extends PreparedPipeline {
  /** As people list them: 1, 6, 14. */
  readonly testPeople: readonly string[];
}

/**
 * Reads both folders and divides their people.
 *
 * @throws InvalidInput for files that cannot be read, test people who are not there, and when nobody is left to train.
 */
export async function loadPipelineData(source: PipelineSource): Promise<LoadedPipeline> {
  const { sensors, seed, windowsPerClass } = source;
  const people = await recordingsByPerson(sensors, source.labelled);
  const testPeople = chooseTestPeople([...people.keys()], source);
  const trainingPeople = [...people.keys()].filter((person) => !testPeople.includes(person));
  const recordingsOf = (names: readonly string[]): readonly SensorRecording[] =>
    names.flatMap((name) => people.get(name) ?? []);
  const others = await otherPeople(source);
  const prepared = preparePipelineData(
    {
      labelled: recordingsOf(trainingPeople),
      test: recordingsOf(testPeople),
      ...(others && { unlabelled: others }),
    },
    {
      windows: { length: sensors.window, step: sensors.step },
      seed,
      ...(windowsPerClass !== undefined && { windowsPerClass }),
    },
  );
  return { ...prepared, testPeople: inNaturalOrder(testPeople) };
}

/**
 * Whom `source` names, or each fifth.
 *
 * @throws InvalidInput for people who are not there, and when nobody is left to train.
 */
export function chooseTestPeople(
  people: readonly string[],
  { labelled, test }: Pick<PipelineSource, 'labelled' | 'test'>,
): readonly string[] {
  const chosen = test ?? everyFifthPerson(people);
  const absent = chosen.filter((person) => !people.includes(person));
  if (absent.length > 0) {
    const expected = `expected people of the data folder (${inNaturalOrder(people).join(', ')})`;
    const issues = absent.map((person) => ({
      path: '--test',
      message: `${expected}, found "${person}"${didYouMean(person, people)}`,
    }));
    throw new InvalidInput(labelled.folder, issues);
  }
  if (people.every((person) => chosen.includes(person))) {
    const message = `expected people to train on beside the test people, found ${inNaturalOrder(people).join(', ')} only`;
    throw new InvalidInput(labelled.folder, [{ path: 'people', message }]);
  }
  return chosen;
}

/** Nobody where the folder is the labelled one: its test people must not come back as people to learn from. */
async function otherPeople(source: PipelineSource): Promise<readonly SensorRecording[] | undefined> {
  const { labelled, unlabelled, sensors } = source;
  if (!unlabelled || (await sameFolder(labelled.folder, unlabelled.folder))) {
    return undefined;
  }
  return [...(await recordingsByPerson(sensors, unlabelled)).values()].flat();
}

async function sameFolder(one: string, other: string): Promise<boolean> {
  const [first, second] = await Promise.all([one, other].map((path) => realpath(path).catch(() => path)));
  return first === second;
}
