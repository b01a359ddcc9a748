/** Who of the available clients is asked in a round. */

import type { Rng } from '../math/random.js';
import { shuffledIndices } from '../math/shuffle.js';
import type { ClientId } from './fleet.js';

/**
 * All clients, or `target` of them drawn without replacement; sorted by name. The draw depends on who is there, never on
 * the order in which they joined.
 */
export function sampleCohort(available: readonly ClientId[], target: 'all' | number, rng: Rng): readonly ClientId[] {
  const sorted = available.toSorted();
  if (target === 'all' || target >= sorted.length) {
    return sorted;
  }
  const drawn = new Set(shuffledIndices(sorted.length, rng).subarray(0, target));
  return sorted.filter((_, index) => drawn.has(index));
}
