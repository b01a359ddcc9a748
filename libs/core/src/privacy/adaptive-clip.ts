/**
 * A clip norm that follows a quantile of the norms, privately (G. Andrew, O. Thakkar, H. B. McMahan and S. Ramaswamy 2021,
 * Differentially private learning with adaptive clipping, arXiv 1905.03871). Each unit adds one bit to a second noisy sum:
 * whether its norm was within the clip norm. If more than the wanted share were, the clip norm shrinks.
 */

import { InvalidInput } from '../errors.js';

/** How the clip norm follows. */
export interface AdaptiveClipping {
  /** The share of units that should not be clipped. The paper: 0.5. */
  readonly quantile: number;
  /** How fast the logarithm of the clip norm moves. The paper: 0.2. */
  readonly learningRate: number;
}

/** What a round has shown of the norms. */
export interface ClipCount {
  /** Σ (bit - 1/2) over the cohort, plus noise. Half, so that a unit changes the sum by 1/2, whatever its bit. */
  readonly noisyBits: number;
  /** The expected number of units in a cohort, rate x population: fixed, as the denominator of the mean is. */
  readonly expectedUnits: number;
}

/** The next clip norm: C exp(-η (b - γ)), b being the noisy share of units within C, from 0 to 1. */
export function nextClipNorm(
  clipNorm: number,
  { noisyBits, expectedUnits }: ClipCount,
  { quantile, learningRate }: AdaptiveClipping,
): number {
  const share = Math.min(1, Math.max(0, noisyBits / expectedUnits + 0.5));
  return clipNorm * Math.exp(-learningRate * (share - quantile));
}

/**
 * How much noise the update needs for both sums together to be as private as one with `noiseMultiplier` z: with s the
 * standard deviation of the noise of the bits, (z^-2 - (2 s)^-2)^(-1/2), theorem 1 of the paper.
 *
 * @param bitsDeviation - s. The paper: a twentieth of the expected number of units.
 * @throws {InvalidInput} If z is not below 2 s: the bits alone would use up the whole budget.
 */
export function updateNoiseMultiplier(noiseMultiplier: number, bitsDeviation: number): number {
  if (!(noiseMultiplier < 2 * bitsDeviation)) {
    const message = `expected noise of more than ${noiseMultiplier / 2} on the clip bits, got ${bitsDeviation}: with so few units, clip to a fixed norm`;
    throw new InvalidInput('privacy', [{ path: 'clipping', message }]);
  }
  return 1 / Math.sqrt(noiseMultiplier ** -2 - (2 * bitsDeviation) ** -2);
}
