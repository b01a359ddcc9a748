/** The bytes of model files: whole ones, and ones that cannot be used. */

import { encodeSafetensors, layoutDigest, layoutOf, type NetworkSpec, publishedModel } from '@gaitway/core';

export interface StoredModelShape {
  readonly channels?: readonly string[];
  readonly activities: readonly string[];
  /** Time steps. */
  readonly window?: number;
  readonly convolutions?: NetworkSpec['convolutions'];
  readonly value?: number;
}

/** A model with an activity head, all of whose parameters are the same; of the published core, unless told otherwise. */
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
    formatVersion: '1',
    gaitway: '0.1.0',
    study: 'elsewhere',
    studyDigest: 'ab'.repeat(32),
    stage: 'teacher',
    activities: JSON.stringify(activities),
    sensors: JSON.stringify(sensors),
    network: JSON.stringify(network),
    layoutDigest: await layoutDigest(layout),
  });
}

/** A safetensors file that another program wrote. */
export function foreignBytes(): Uint8Array {
  const layout = layoutOf({ window: { length: 8, channels: 1 }, convolutions: [], dropoutRate: 0, l2: 0, heads: [] });
  return encodeSafetensors(new Float32Array(layout.size), layout, {});
}
