/** Small networks that three tasks share in every possible way, and a batch in which some labels are missing. */

import type { HeadSpec, NetworkSpec, SharingSpec } from '../model/network-spec.js';
import type { Batch } from '../model/network.js';
import { smallBatch, smallSpec } from './small-network.js';

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
