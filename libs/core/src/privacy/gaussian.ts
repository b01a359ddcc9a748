/**
 * The exact privacy of the Gaussian mechanism (B. Balle and Y.-X. Wang 2018, arXiv 1805.06530, theorem 8). T releases
 * with noise multiplier σ are one release with σ / √T.
 */

import { scaledUpperTail, upperTail } from '../math/normal-distribution.js';
import { boundaryOf } from './search.js';

/**
 * Delta at `epsilon`: Φ(1/2σ - εσ) - e^ε Φ(-1/2σ - εσ). With a = εσ - 1/2σ and b = εσ + 1/2σ, e^ε exp(-b²/2) is
 * exp(-a²/2), so that neither term overflows and a small delta keeps its digits.
 */
export function gaussianDelta(noiseMultiplier: number, epsilon: number): number {
  if (noiseMultiplier === Infinity) {
    return 0;
  }
  if (noiseMultiplier === 0) {
    return 1;
  }
  const near = epsilon * noiseMultiplier - 1 / (2 * noiseMultiplier);
  const far = epsilon * noiseMultiplier + 1 / (2 * noiseMultiplier);
  const density = Math.exp((-near * near) / 2);
  return near > 0
    ? density * (scaledUpperTail(near) - scaledUpperTail(far))
    : upperTail(near) - density * scaledUpperTail(far);
}

/** The smallest epsilon at `delta`, from above: `gaussianDelta` of it is at most `delta`. */
export function gaussianEpsilon(noiseMultiplier: number, delta: number): number {
  if (gaussianDelta(noiseMultiplier, 0) <= delta) {
    return 0;
  }
  if (delta === 0 || noiseMultiplier === 0) {
    return Infinity;
  }
  let limit = 1;
  while (gaussianDelta(noiseMultiplier, limit) > delta) {
    limit *= 2;
  }
  const isKept = (epsilon: number): boolean => gaussianDelta(noiseMultiplier, epsilon) <= delta;
  return boundaryOf(isKept, { from: 0, to: limit, tolerance: 1e-12 }).after;
}
