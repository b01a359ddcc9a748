/**
 * The type of a transformation of a window, the names of the eight (Um et al. 2017, arXiv 1706.00527), and checks of
 * their arguments: options once, when a transformation is created; the shape of the window at each call.
 */

import type { WindowShape } from '../data/windows.js';
import { InvalidInput } from '../errors.js';
import type { Axes } from '../inputs/axes.js';
import type { Rng } from '../math/random.js';

/** Names of SelfHAR's eight transformations, in the order of their heads (Tang et al. 2021, section 3.2). */
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

/** Name of one of the transformations. */
export type TransformationName = (typeof transformationNames)[number];

/** Transformations that act on the axes in g; the others act on the inputs of the network. */
export const axesTransformations: ReadonlySet<TransformationName> = new Set(['rotate', 'channel-shuffle']);

/**
 * Writes the transformed version of `window` over `into`; both have shape [time, channel] and never share memory. Reads
 * randomness only from `rng`.
 */
export type Transformation = (window: Float32Array, into: Float32Array, shape: WindowShape, rng: Rng) => void;

/** @throws InvalidInput unless the option is a finite number above zero. */
export function requirePositive(transformation: TransformationName, option: string, value: number): void {
  if (!(Number.isFinite(value) && value > 0)) {
    throw new InvalidInput(transformation, [{ path: option, message: `expected a number above 0, found ${value}` }]);
  }
}

/** @throws InvalidInput unless the number, an option or part of the shape, is whole and at least `minimum`. */
export function requireAtLeast(transformation: TransformationName, path: string, value: number, minimum: number): void {
  if (!(Number.isInteger(value) && value >= minimum)) {
    const message = `expected a whole number from ${minimum} up, found ${value}`;
    throw new InvalidInput(transformation, [{ path, message }]);
  }
}

/** The axes that the shape names, else the channels where there are three; throws InvalidInput where there are none. */
export function requireAxes(step: TransformationName | 'augment', { channels, axes }: WindowShape): Axes {
  if (!axes && channels !== 3) {
    const message = `expected the three axes of one sensor among the channels, found none among ${channels}`;
    throw new InvalidInput(step, [{ path: 'shape.axes', message }]);
  }
  return axes ?? [0, 1, 2];
}
