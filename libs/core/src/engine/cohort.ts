/** Drawing which of the available clients are asked. */

import { type Rng, shuffledIndices } from '../math/random.js';
import type { ClientId } from './fleet/fleet.js';

/**
 * Draws `size` clients uniformly without replacement, or takes all where there are no more; sorted by name. The draw
 * depends on which clients are available, never on the order in which they joined.
 */
export function sampleCohort(available: readonly ClientId[], size: number, rng: Rng): readonly ClientId[] {
  const sorted = available.toSorted();
  if (size >= sorted.length) {
    return sorted;
  }
  const drawn = new Set(shuffledIndices(sorted.length, rng).subarray(0, size));
  return sorted.filter((_, index) => drawn.has(index));
}
