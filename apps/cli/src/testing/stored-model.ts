/** The bytes of model files, valid and invalid ones. */

import { encodeSafetensors, layoutDigest, layoutOf, type NetworkSpec, publishedModel } from '@gaitway/core/model';

export interface StoredModelShape {
  readonly channels?: readonly string[];
  readonly activities: readonly string[];
  /** Number of time steps. */
  readonly window?: number;
  readonly convolutions?: NetworkSpec['convolutions'];
  readonly value?: number;
}

/**
 * A model with an activity head, in which all parameters are equal; by default with the core of the published model.
 */
export async function modelBytes(shape: StoredModelShape): Promise<Uint8Array> {
  const { activities, channels = ['x', 'y', 'z'], window = 64, value = 0.5 } = shape;
  const network: NetworkSpec = {
    window: { length: window, channels: channels.length },
    convolutions: shape.convolutions ?? publishedModel.convolutions,
    dropoutRate: 0,
    l2: 0,
    heads: [{ name: 'activity', kind: 'exclusive', outputs: activities, hiddenUnits: 4 }],
  };
  const layout = layoutOf(network);
  const sensors = { channels, rateHz: 20, window, step: 32, normalisation: 'z', otherActivities: 'refuse' };
  return encodeSafetensors(new Float32Array(layout.size).fill(value), layout, {
    formatVersion: '2',
    gaitway: '0.1.0',
    study: 'elsewhere',
    studyDigest: 'ab'.repeat(32),
    stage: 'teacher',
    rounds: '1',
    seed: '1',
    unit: 'g',
    activities: JSON.stringify(activities),
    sensors: JSON.stringify(sensors),
    network: JSON.stringify(network),
    layoutDigest: await layoutDigest(layout),
  });
}

/** A safetensors file of another program. */
export function foreignBytes(): Uint8Array {
  const layout = layoutOf({ window: { length: 8, channels: 1 }, convolutions: [], dropoutRate: 0, l2: 0, heads: [] });
  return encodeSafetensors(new Float32Array(layout.size), layout, {});
}
