/** A model's predictions for windows whose class is known, and a check that they are consistent. */

import { InvalidInput } from '../errors.js';
import type { Rng } from '../math/random.js';
import { requireProbabilities } from './probabilities.js';

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
