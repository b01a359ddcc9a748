/**
 * The Rényi divergence of the Gaussian mechanism on a Poisson sample (I. Mironov, K. Talwar and L. Zhang 2019, arXiv
 * 1908.10530, section 3.3): log E[((1 - q) + q exp((2x - 1) / 2σ²))^α] / (α - 1) for x from N(0, σ²). It bounds the
 * divergence in both directions, of data with and without one person.
 */

import { scaledUpperTail, upperTail } from '../math/normal-distribution.js';

/** Number of terms of the accelerated part of the series; each adds 0.77 digits (5.8^-24 is below the last bit). */
const ACCELERATED_TERMS = 24;

/** More than the error of the series in floating point, so that the divergence is never too small. */
const ROUNDING = 2 ** -48;

/**
 * The Rényi divergence of one release.
 *
 * @param rate - q, above 0 and below 1.
 * @param noiseMultiplier - σ.
 * @param order - α, above 1.
 */
export function sampledGaussianDivergence(rate: number, noiseMultiplier: number, order: number): number {
  if (noiseMultiplier === 0) {
    return Infinity;
  }
  const logMoment = Number.isInteger(order)
    ? logMomentAtInteger(rate, noiseMultiplier, order)
    : Math.max(0, logMomentBetween(rate, noiseMultiplier, order)) + ROUNDING;
  return logMoment / (order - 1);
}

/**
 * The binomial expansion. The binomial probabilities add up to 1, so the moment is 1 + Σ C(α, k) (1 - q)^(α - k) q^k
 * (exp((k² - k) / 2σ²) - 1), whose terms for k = 0 and 1 vanish: small divergences keep all their digits.
 */
function logMomentAtInteger(rate: number, noiseMultiplier: number, order: number): number {
  const [logKept, logRate] = [Math.log1p(-rate), Math.log(rate)];
  const terms = new Float64Array(order - 1);
  let logBinomial = Math.log(order);
  for (let k = 2; k <= order; k++) {
    logBinomial += Math.log((order - k + 1) / k);
    const exponent = (k * k - k) / (2 * noiseMultiplier ** 2);
    terms[k - 2] = logBinomial + (order - k) * logKept + k * logRate + logOfExpm1(exponent);
  }
  const logExcess = logOfSum(terms);
  return logExcess > 0 ? logExcess + Math.log1p(Math.exp(-logExcess)) : Math.log1p(Math.exp(logExcess));
}

function logOfExpm1(exponent: number): number {
  return exponent > 1 ? exponent + Math.log1p(-Math.exp(-exponent)) : Math.log(Math.expm1(exponent));
}

function logOfSum(logs: Float64Array): number {
  const largest = logs.reduce((most, log) => Math.max(most, log), -Infinity);
  return largest + Math.log(logs.reduce((sum, log) => sum + Math.exp(log - largest), 0));
}

/**
 * The two series of section 3.3, one for each side of z = σ² log(1/q - 1) + 1/2, where both parts of the mixture are
 * equal. With exp(x²) erfc(x) = erfcx(x), their sum is
 *
 *     (1 - q)^α exp(-z² / 2σ²) / 2 · Σ_k C(α, k) [erfcx((k - z) / √2σ) + erfcx((z - α + k) / √2σ)].
 *
 * Beyond k = α the binomials alternate in sign, and they and erfcx are completely monotone in k: the rest is summed by
 * H. Cohen, F. Rodriguez Villegas and D. Zagier, Convergence acceleration of alternating series, 2000, algorithm 1,
 * whose error is at most 2 / 5.8^terms of it.
 */
function logMomentBetween(rate: number, noiseMultiplier: number, order: number): number {
  const middle = noiseMultiplier ** 2 * (Math.log1p(-rate) - Math.log(rate)) + 0.5;
  const first = Math.ceil(order) + 1;
  const logKept = Math.log1p(-rate);
  const logOdds = Math.log(rate) - logKept;
  const variance = noiseMultiplier ** 2;

  /** One side of a term: where erfc is not small, in its own form, which loses no digits to a large z. */
  const side = (power: number, distance: number): number =>
    distance < 0
      ? power * logOdds + (power * power - power) / (2 * variance) + Math.log(upperTail(distance / noiseMultiplier))
      : -(middle * middle) / (2 * variance) + Math.log(scaledUpperTail(distance / noiseMultiplier));

  const logs: number[] = [];
  let logBinomial = 0;
  for (let k = 0; k < first + ACCELERATED_TERMS; k++) {
    const both = Float64Array.of(side(k, k - middle), side(order - k, middle - order + k));
    logs.push(order * logKept + logBinomial + logOfSum(both));
    logBinomial += Math.log(Math.abs(order - k) / (k + 1));
  }
  const largest = Math.max(...logs);
  const terms = logs.map((log) => Math.exp(log - largest));
  const certain = terms.slice(0, first).reduce((sum, term) => sum + term, 0);
  return largest + Math.log(certain - alternatingSum(terms.slice(first)));
}

/** a_0 - a_1 + a_2 - … of a completely monotone sequence, from its first terms. */
function alternatingSum(terms: readonly number[]): number {
  const power = (3 + Math.sqrt(8)) ** terms.length;
  const scale = (power + 1 / power) / 2;
  let [weight, rest, sum] = [-1, -scale, 0];
  terms.forEach((term, k) => {
    rest = weight - rest;
    sum += rest * term;
    weight *= ((k + terms.length) * (k - terms.length)) / ((k + 0.5) * (k + 1));
  });
  return sum / scale;
}
