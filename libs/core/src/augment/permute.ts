/** Transformation `permute`: the window's parts in another order (Um et al. 2017). */

import { shuffledIndices } from '../math/random.js';
import { requireAtLeast, type Transformation } from './transformation.js';

export interface PermuteOptions {
  /** Number of parts that the window is cut into; some may be empty. Default 5. */
  readonly segments?: number;
}

/**
 * Cuts the window between time steps at `segments - 1` points, drawn uniformly, and joins the parts in a random order.
 *
 * @throws InvalidInput for fewer than two segments.
 */
export function permuteSegments({ segments = 5 }: PermuteOptions = {}): Transformation {
  requireAtLeast('permute', 'segments', segments, 2);
  return (window, into, { length, channels }, rng) => {
    const bounds = new Uint32Array(segments + 1);
    for (let cut = 1; cut < segments; cut++) {
      bounds[cut] = rng.integer(length + 1);
    }
    bounds[segments] = length;
    bounds.sort();
    let written = 0;
    for (const segment of shuffledIndices(segments, rng)) {
      const samples = window.subarray(bounds[segment]! * channels, bounds[segment + 1]! * channels);
      into.set(samples, written);
      written += samples.length;
    }
  };
}
