/** Discounts updates that were trained from an old model (FedBuff: Nguyen et al. 2022, arXiv 2106.06639, section 5). */

import type { ClientUpdate } from './update.js';

/**
 * The update times (1 + staleness)^-exponent; its examples stay. The mean of a buffer is then the paper's Σ s(τ) delta
 * / K with shares of the examples in place of 1 / K: stale updates make the whole step shorter and do not only lose
 * weight against each other. The factor is at most 1, so what `admitUpdate` admitted stays within the exact range of
 * the sum.
 *
 * @param staleness - τ: number of rounds since the update's model was the newest
 */
export function discounted(update: ClientUpdate, staleness: number, exponent: number): ClientUpdate {
  const factor = (1 + staleness) ** -exponent;
  return factor === 1 ? update : { ...update, delta: update.delta.map((value) => factor * value) };
}
