/** A timer as on a computer whose clock is set, or that sleeps: it rings at once, early, in time or late. */

import { InvalidInput, type Rng } from '@gaitway/core';
import type { Timer } from '@gaitway/core/internal';

/**
 * @param timer - Which really rings
 * @param longest - How many times as long as it should a timer takes at most
 * @throws InvalidInput when `longest` is below 1
 */
export function jumpingTimer(timer: Timer, rng: Rng, longest: number): Timer {
  if (!(longest >= 1)) {
    throw new InvalidInput('timer', [{ path: 'longest', message: `expected a number from 1, found ${longest}` }]);
  }
  const factors = [() => 0, () => rng.uniform(), () => 1, () => 1 + rng.uniform() * (longest - 1)];
  return {
    after: (seconds, ring) => {
      const factor = factors[rng.integer(factors.length)] as () => number;
      return timer.after(seconds * factor(), ring);
    },
  };
}
