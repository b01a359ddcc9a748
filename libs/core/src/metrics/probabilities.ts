/**
 * Class probabilities, alone or as predictions for windows whose class is known, and checks before figures or
 * decisions are computed from them.
 */

import { InvalidInput } from '../errors.js';
import type { Rng } from '../math/random.js';

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

/** A model's predictions for windows whose class is known. */
export interface Predictions {
  /** Index into `classes`, shape [window]. */
  readonly truth: ArrayLike<number>;
  /** Shape [window, class]. */
  readonly probabilities: ArrayLike<number>;
  readonly classes: readonly string[];
  /** For figures by person and for intervals; if absent, there are none. */
  readonly people?: TestPeople;
}

/** The people to whom the windows belong. */
export interface TestPeople {
  /** Name of the person of each window, shape [window]. */
  readonly ofWindow: ArrayLike<string>;
  /** Random source of the resampling. */
  readonly rng: Rng;
}

const SOURCE = 'evaluation';

/**
 * Checks that predictions are consistent.
 *
 * @throws InvalidInput when there are no windows, a true class is not in `classes`, a probability is outside [0, 1], or
 *   truth, probabilities and people have different numbers of windows.
 */
export function requirePredictions({ truth, probabilities, classes, people }: Predictions): void {
  if (truth.length === 0) {
    throw new InvalidInput(SOURCE, [{ path: 'truth', message: 'expected at least one window, found none' }]);
  }
  for (let window = 0; window < truth.length; window++) {
    if (classes[truth[window]!] === undefined) {
      const message = `expected a class from 0 to ${classes.length - 1}, found ${truth[window]!}`;
      throw new InvalidInput(SOURCE, [{ path: `truth[${window}]`, message }]);
    }
  }
  requireWindows('probabilities', requireProbabilities(SOURCE, probabilities, classes.length), truth.length);
  if (people) {
    requireWindows('people.ofWindow', people.ofWindow.length, truth.length);
  }
}

function requireWindows(path: string, found: number, expected: number): void {
  if (found !== expected) {
    const message = `expected ${expected} windows, as many as in truth, found ${found}`;
    throw new InvalidInput(SOURCE, [{ path, message }]);
  }
}
