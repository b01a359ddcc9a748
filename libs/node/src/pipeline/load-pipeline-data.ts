/** Loads the windows of a pipeline from data folders. */

import { InvalidInput, type SensorPlan, type SensorRecording } from '@gaitway/core';
import { didYouMean, inNaturalOrder } from '@gaitway/core/internal';
import { type ModelPlan, reachOf } from '@gaitway/core/model';
import { everyFifthPerson, type PreparedPipeline, preparePipelineData } from '@gaitway/core/pipeline';
import { realpath } from 'node:fs/promises';
import { type DataSource, recordingsByPerson } from '../study/load-data.js';

export interface PipelineSource {
  readonly labelled: DataSource;
  /**
   * All people in it are different from the labelled people; if absent, the labelled people's other windows are used.
   */
  readonly unlabelled?: DataSource;
  /** By default every fifth of the people in the labelled folder. */
  readonly test?: readonly string[];
  readonly sensors: SensorPlan;
  readonly seed: number;
  readonly windowsPerClass?: number;
}

export interface LoadedPipeline extends PreparedPipeline {
  /** In natural order: 1, 6, 14. */
  readonly testPeople: readonly string[];
}

/**
 * Reads both folders and assigns the roles of their people.
 *
 * @throws InvalidInput for files that cannot be read, test people who are missing, and when nobody is left to train on.
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
 * The people that `source` names, by default every fifth.
 *
 * @throws InvalidInput for people who are missing, and when nobody is left to train on.
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

/** Undefined where the folder is the labelled one: its test people must not come back as people to train on. */
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

/**
 * Passes when windows are as long as the network requires, before recordings are read.
 *
 * @param file - Describes the training, for the message.
 * @throws InvalidInput with the shortest possible length, in time steps.
 */
export function refuseShortWindows(
  file: string,
  { window }: SensorPlan,
  network: Pick<ModelPlan, 'convolutions'>,
): void {
  const reach = reachOf(network);
  if (window < reach) {
    const message = `expected at least ${reach} time steps, the reach of the network's convolutions, found ${window}`;
    throw new InvalidInput(file, [{ path: '--window', message }]);
  }
}
