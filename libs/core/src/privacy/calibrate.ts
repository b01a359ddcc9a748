/** How much noise a budget needs, and how many rounds it permits. */

import { InvalidInput } from '../errors.js';
import { epsilonOf } from './epsilon.js';
import type { PrivacyEvent } from './events.js';
import { boundaryOf } from './search.js';

/** What may be given away in total. */
export interface PrivacyBudget {
  readonly epsilon: number;
  readonly delta: number;
}

/** The noise multiplier that is returned is at most so much larger, relatively, than the smallest one. */
const TOLERANCE = 1e-4;

/** More noise than this is no use to anybody. */
const LARGEST_NOISE = 2 ** 20;

/** More rounds than this are not looked at. */
const LARGEST_COUNT = 2 ** 24;

/**
 * The smallest noise multiplier with which a composition keeps a budget, by bisection. It is never too small: with the one
 * that is returned, the budget was seen to be kept.
 *
 * @param eventsWith - Everything that would be released with a noise multiplier.
 * @throws {InvalidInput} If no noise is enough.
 * @example
 * smallestNoise((noiseMultiplier) => [{ kind: 'sampled-gaussian', rate: 0.1, noiseMultiplier, count: 200 }], budget);
 */
export function smallestNoise(
  eventsWith: (noiseMultiplier: number) => readonly PrivacyEvent[],
  budget: PrivacyBudget,
): number {
  const isKept = (noiseMultiplier: number): boolean => keeps(eventsWith(noiseMultiplier), budget);
  let enough = 1;
  while (!isKept(enough)) {
    enough *= 2;
    if (enough > LARGEST_NOISE) {
      const { epsilon, delta } = budget;
      const message = `expected a budget that some noise can keep, got epsilon ${epsilon} at delta ${delta}`;
      throw new InvalidInput('privacy', [{ path: 'budget', message }]);
    }
  }
  let tooLittle = enough / 2;
  while (tooLittle > 1 / LARGEST_NOISE && isKept(tooLittle)) {
    enough = tooLittle;
    tooLittle /= 2;
  }
  return boundaryOf(isKept, { from: tooLittle, to: enough, tolerance: TOLERANCE }).after;
}

/**
 * The largest number of rounds with which a composition keeps a budget, at most 2^24.
 *
 * @param eventsAfter - Everything that will have been released after a number of rounds, earlier releases included.
 */
export function mostRounds(eventsAfter: (rounds: number) => readonly PrivacyEvent[], budget: PrivacyBudget): number {
  const isKept = (rounds: number): boolean => keeps(eventsAfter(rounds), budget);
  if (!isKept(0)) {
    return 0;
  }
  let [kept, exceeded] = [0, 1];
  while (exceeded <= LARGEST_COUNT && isKept(exceeded)) {
    [kept, exceeded] = [exceeded, 2 * exceeded];
  }
  while (exceeded - kept > 1) {
    const middle = Math.floor((kept + exceeded) / 2);
    if (isKept(middle)) {
      kept = middle;
    } else {
      exceeded = middle;
    }
  }
  return Math.min(kept, LARGEST_COUNT);
}

function keeps(events: readonly PrivacyEvent[], { epsilon, delta }: PrivacyBudget): boolean {
  return epsilonOf(events, delta).epsilon <= epsilon;
}
