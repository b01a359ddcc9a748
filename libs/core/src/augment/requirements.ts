/**
 * Checks of a transformation's arguments: its options once, when it is created; the shape of the window at each call.
 */

import type { WindowShape } from '../data/windows.js';
import { InvalidInput } from '../errors.js';
import type { Axes } from '../inputs/axes.js';
import type { TransformationName } from './transformation.js';

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
