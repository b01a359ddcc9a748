/** What an update counts that was learned on an old model (FedBuff: Nguyen et al. 2022, arXiv 2106.06639, section 5). */

import type { ClientUpdate } from './update.js';

/**
 * The update times (1 + staleness)^-exponent; its examples stay. The mean of a buffer is then the paper's Σ s(τ) delta / K
 * with shares of the examples for 1 / K: stale updates make the step shorter and not only each other's share smaller. The
 * factor is at most 1, so what `admitUpdate` let in stays within the exact range of the sum.
 *
 * @param staleness - τ: rounds since the update's model was the newest
 */
export function discounted(update: ClientUpdate, staleness: number, exponent: number): ClientUpdate {
  const factor = (1 + staleness) ** -exponent;
  return factor === 1 ? update : { ...update, delta: update.delta.map((value) => factor * value) };
}
