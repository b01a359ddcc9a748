/** Checks class probabilities before figures or decisions are computed from them. */

import { InvalidInput } from '../errors.js';

/**
 * Number of rows of a table of class probabilities.
 *
 * @param source - What the table is, for the message.
 * @param probabilities - Shape [window, class]
 * @throws InvalidInput when a row is incomplete, or for the first number that is not within [0, 1].
 */
export function requireProbabilities(source: string, probabilities: ArrayLike<number>, classes: number): number {
  const windows = probabilities.length / classes;
  if (!Number.isInteger(windows)) {
    const message = `expected rows of ${classes} classes, found ${probabilities.length} numbers`;
    throw new InvalidInput(source, [{ path: '', message }]);
  }
  for (let index = 0; index < probabilities.length; index++) {
    const value = probabilities[index]!;
    if (!(value >= 0 && value <= 1)) {
      const path = `window ${Math.floor(index / classes)}, class ${index % classes}`;
      throw new InvalidInput(source, [{ path, message: `expected a number from 0 to 1, found ${value}` }]);
    }
  }
  return windows;
}

/** The most probable class of a window; the first where several are equal. */
export function mostProbable(probabilities: ArrayLike<number>, window: number, classes: number): number {
  let best = 0;
  for (let index = 1; index < classes; index++) {
    if (probabilities[window * classes + index]! > probabilities[window * classes + best]!) {
      best = index;
    }
  }
  return best;
}
