/** A network that is small enough for finite differences and has every kind of part, and a batch for it. */

import { createRng, type Rng } from '../math/random.js';
import type { Batch } from '../model/network.js';
import type { NetworkSpec } from '../model/network-spec.js';

export const smallSpec: NetworkSpec = {
  window: { length: 24, channels: 2 },
  convolutions: [
    { filters: 4, kernel: 5 },
    { filters: 5, kernel: 4 },
    { filters: 6, kernel: 3 },
  ],
  dropoutRate: 0.2,
  l2: 0.01,
  heads: [
    { name: 'activity', kind: 'exclusive', outputs: ['a', 'b', 'c'], hiddenUnits: 7 },
    { name: 'transformations', kind: 'independent', outputs: ['flip', 'scale'], hiddenUnits: 5 },
  ],
};

export function randomValues(count: number, rng: Rng): Float32Array {
  return Float32Array.from({ length: count }, () => rng.normal());
}

/** Random windows with soft activity labels and random transformation targets. */
export function smallBatch(windows: number, rng: Rng = createRng('batch')): Batch {
  const activity = new Float32Array(windows * 3);
  for (let row = 0; row < windows; row++) {
    const weights = [rng.uniform(), rng.uniform(), rng.uniform()];
    const sum = weights.reduce((a, b) => a + b);
    activity.set(weights.map((weight) => weight / sum), row * 3); // prettier-ignore
  }
  return {
    values: randomValues(windows * smallSpec.window.length * smallSpec.window.channels, rng),
    targets: { activity, transformations: Float32Array.from({ length: windows * 2 }, () => rng.integer(2)) },
  };
}
