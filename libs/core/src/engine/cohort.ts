/** Who of the available clients is asked in a round. */

import type { Rng } from '../math/random.js';
import { shuffledIndices } from '../math/shuffle.js';
import type { ClientId } from './fleet.js';

/**
 * `size` of the clients drawn without replacement, or all where they are no more; sorted by name. The draw depends on who
 * is there, never on the order in which they joined. Each is as likely as any other.
 */
export function sampleCohort(available: readonly ClientId[], size: number, rng: Rng): readonly ClientId[] {
  const sorted = available.toSorted();
  if (size >= sorted.length) {
    return sorted;
  }
  const drawn = new Set(shuffledIndices(sorted.length, rng).subarray(0, size));
  return sorted.filter((_, index) => drawn.has(index));
}
