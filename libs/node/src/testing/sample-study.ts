/**
 * A made-up study with three stages like SelfHAR's and a network of a few parameters, and an untrained stored model.
 */

import { parseStudy, type Study } from '@gaitway/core';
import { layoutOf, type NetworkSpec, publishedModel } from '@gaitway/core/model';
import { writeModel } from '../models/model-file.js';

export interface SampleSize {
  readonly activities?: readonly string[];
  /** Number of rounds of the clients' stage. */
  readonly rounds?: number;
  readonly name?: string;
}

const sixActivities: readonly string[] = ['downstairs', 'upstairs', 'sitting', 'standing', 'walking', 'jogging'];

export function sampleStudy({ activities = sixActivities, rounds = 12, name = 'motionsense' }: SampleSize = {}): Study {
  return parseStudy({
    name,
    seed: 7,
    activities,
    sensors: { channels: ['x', 'y', 'z'], rateHz: 50, window: 400, step: 200 },
    model: {
      convolutions: [
        { filters: 4, kernel: 8 },
        { filters: 6, kernel: 4 },
      ],
      headUnits: { activity: 8, transformation: 4 },
    },
    people: { test: [1, 6, 14, 19, 23], labelled: [2, 3], clients: 'rest' },
    stages: [
      { name: 'teacher', where: 'coordinator', objective: 'supervised', from: 'scratch', steps: 600 },
      {
        name: 'student',
        where: 'clients',
        objective: 'self-har',
        from: 'scratch',
        teacher: 'teacher',
        epochs: 1,
        rounds,
        coordinatorTakesPart: true,
      },
      { name: 'fine-tune', where: 'coordinator', objective: 'supervised', from: 'student', steps: 300 },
    ],
  });
}

export interface SampleModel {
  readonly channels?: readonly string[];
  readonly activities?: readonly string[];
  /** Number of time steps. */
  readonly window?: number;
  readonly convolutions?: NetworkSpec['convolutions'];
}

/** Writes a model with an activity head, by default with the core of the published model. */
export async function writeSampleModel(path: string, sample: SampleModel = {}): Promise<void> {
  const { channels = ['x', 'y', 'z'], activities = ['sitting', 'walking'], window = 400 } = sample;
  const network: NetworkSpec = {
    window: { length: window, channels: channels.length },
    convolutions: sample.convolutions ?? publishedModel.convolutions,
    dropoutRate: 0,
    l2: 0,
    heads: [{ name: 'activity', kind: 'exclusive', outputs: activities, hiddenUnits: 4 }],
  };
  await writeModel(path, new Float32Array(layoutOf(network).size).fill(0.5), {
    gaitway: '0.1.0',
    study: 'sample',
    studyDigest: 'ab'.repeat(32),
    stage: 'teacher',
    rounds: 1,
    seed: 7,
    unit: 'g',
    activities,
    sensors: { channels, rateHz: 50, window, step: 200, normalisation: 'z', otherActivities: 'refuse' },
    normalisation: { mean: channels.map(() => 0), standardDeviation: channels.map(() => 1) },
    network,
  });
}
