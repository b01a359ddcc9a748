/** The target number of clients of a round. */

import type { CohortPlan } from '../study.js';

/**
 * How many of `available` clients the round aims at; a share is rounded to the nearest number, but is at least one
 * client.
 */
export function cohortSize(target: CohortPlan['target'], available: number): number {
  if (target === 'all') {
    return available;
  }
  const size = typeof target === 'number' ? target : Math.max(1, Math.round(target.share * available));
  return Math.min(size, available);
}
