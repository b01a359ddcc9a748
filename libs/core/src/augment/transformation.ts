/** The type of a transformation of a window, and the names of the eight (Um et al. 2017, arXiv 1706.00527). */

import type { WindowShape } from '../data/windows.js';
import type { Rng } from '../math/random.js';

export const transformationNames = [
  'noise',
  'scale',
  'rotate',
  'negate',
  'time-flip',
  'permute',
  'time-warp',
  'channel-shuffle',
] as const;

export type TransformationName = (typeof transformationNames)[number];

/** Transformations that act on the axes in g; the others act on the inputs of the network. */
export const axesTransformations: ReadonlySet<TransformationName> = new Set(['rotate', 'channel-shuffle']);

/**
 * Writes the transformed version of `window` over `into`; both have shape [time, channel] and never share memory. Reads
 * randomness only from `rng`.
 */
export type Transformation = (window: Float32Array, into: Float32Array, shape: WindowShape, rng: Rng) => void;
