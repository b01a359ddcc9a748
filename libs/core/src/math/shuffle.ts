/** Seeded shuffling (Fisher-Yates). */

import type { Rng } from './random.js';

/** The numbers 0 … count - 1 in a random order drawn from `rng`. */
export function shuffledIndices(count: number, rng: Rng): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, index) => index);
  for (let last = count - 1; last > 0; last--) {
    const other = rng.integer(last + 1);
    const swapped = order[last]!;
    order[last] = order[other]!;
    order[other] = swapped;
  }
  return order;
}
