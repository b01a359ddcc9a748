/**
 * A network that is small enough for finite differences and has every kind of part, and a batch for it; and networks
 * like it that three tasks share in every possible way, with a batch in which some labels are missing.
 */

import { createRng, type Rng } from '../math/random.js';
import type { NetworkSpec, HeadSpec, SharingSpec } from '../model/network-spec.js';
import type { Batch } from '../model/network.js';

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

const missing = Number.NaN;

const withHidden: readonly HeadSpec[] = [
  { name: 'activity', kind: 'exclusive', outputs: ['a', 'b', 'c'], hiddenUnits: 7 },
  { name: 'tags', kind: 'multi-label', outputs: ['indoors', 'carrying'], hiddenUnits: 4 },
  { name: 'speed', kind: 'regression', outputs: ['ahead'], hiddenUnits: 0 },
];

/** A network of three tasks that share it as `sharing` says, otherwise like `smallSpec`. */
export function sharedSpec(sharing: SharingSpec): NetworkSpec {
  const heads = withHidden.map((head) => (sharing.sharedHidden ? { ...head, hiddenUnits: 0 } : head));
  return { ...smallSpec, heads, ...sharing };
}

/** A batch of five windows. */
export const sharedBatch: Batch = {
  values: smallBatch(5).values,
  targets: {
    activity: Float32Array.of(1, 0, 0, 0.2, 0.3, 0.5, missing, missing, missing, 0, 1, 0, 0.6, 0.4, 0),
    tags: Float32Array.of(1, 0, missing, 1, missing, missing, 0, 0, 1, 1),
    speed: Float32Array.of(0.3, -2, missing, 1, 0.5),
  },
};

/** Every way to share a network, one by one and combined. */
export const waysToShare: Readonly<Record<string, SharingSpec>> = {
  'two of three convolutions': { sharedConvolutions: 2 },
  'one convolution': { sharedConvolutions: 1 },
  'no convolution': { sharedConvolutions: 0 },
  'soft sharing': { sharedConvolutions: 1, softSharing: 0.05 },
  'a hidden layer, descriptor concatenated': { sharedHidden: { units: 6, descriptor: 'concatenated' } },
  'a hidden layer, descriptor added': { sharedHidden: { units: 6, descriptor: 'added' } },
  'a hidden layer, descriptor gated': { sharedHidden: { units: 6, descriptor: 'gated' } },
  'a bit of everything': {
    sharedConvolutions: 2,
    softSharing: 0.02,
    sharedHidden: { units: 6, descriptor: 'gated' },
  },
};
