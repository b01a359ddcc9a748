/** A model of six parameters whose probabilities can be worked out by hand. */

import type { ModelMetadata } from '../classifier/model-metadata.js';

/**
 * The largest value of the channel x in a window, normalised, is m; below 0 it counts as 0. The odds of walking are 3 to
 * the power of m: even at 0, 3 to 1 at 1, 9 to 1 at 2.
 */
export const handMadeParameters: Float32Array = Float32Array.of(1, 0, 0, Math.log(3), 0, 0);

/** Windows of four samples at 10 Hz, half overlapping; mean 1 g and deviation 2 g. */
export const handMadeMetadata = {
  gaitway: '0.1.0',
  study: 'by hand',
  studyDigest: 'ab'.repeat(32),
  stage: 'teacher',
  rounds: 1,
  seed: 1,
  activities: ['sitting', 'walking'],
  sensors: { channels: ['x'], rateHz: 10, window: 4, step: 2, normalisation: 'z', otherActivities: 'refuse' },
  unit: 'g',
  normalisation: { mean: [1], standardDeviation: [2] },
  network: {
    window: { length: 4, channels: 1 },
    convolutions: [{ filters: 1, kernel: 1 }],
    dropoutRate: 0,
    l2: 0,
    heads: [{ name: 'activity', kind: 'exclusive', outputs: ['sitting', 'walking'], hiddenUnits: 0 }],
  },
} as const satisfies Omit<ModelMetadata, 'layoutDigest'>;
