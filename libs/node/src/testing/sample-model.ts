/** An untrained stored model. */

import { layoutOf, publishedModel, type NetworkSpec } from '@gaitway/core';
import { writeModel } from '../models/model-file.js';

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
    activities,
    sensors: { channels, rateHz: 50, window, step: 200, normalisation: 'z', otherActivities: 'refuse' },
    normalisation: { mean: channels.map(() => 0), standardDeviation: channels.map(() => 1) },
    network,
  });
}
