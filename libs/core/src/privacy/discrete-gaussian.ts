/**
 * Noise from the discrete Gaussian distribution: whole numbers n with probability proportional to exp(-n² / 2σ²), drawn
 * exactly (C. L. Canonne, G. Kamath and T. Steinke 2020, arXiv 2004.00010, algorithms 2 and 3). Normal draws in floating
 * point have gaps by which an observer can tell two sums apart (I. Mironov 2012); whole numbers on the grid of the sums
 * have none.
 *
 * How long a draw takes depends on the draw. Noise is therefore drawn for whole rounds at a time, never for one value at
 * somebody's request.
 */

import { exponentialCoins, type ExponentialCoins } from './exponential-coins.js';
import { randomIntegers, type RandomBytes, type RandomIntegers } from './random-integers.js';

/** With σ up to here, sums that exceed 2^53 are less likely than exp(-2^25). */
const LARGEST_SCALE = 2 ** 40;

/**
 * Fills `into` with independent draws.
 *
 * @param scale - σ in steps of the grid, a whole number from 1 to 2^40. Round up to it: rounding down would be less
 *   noise than was accounted for.
 * @throws RangeError for another scale.
 * @example
 * const noise = new Float64Array(parameters.length);
 * fillDiscreteGaussian(noise, Math.ceil(sigma * 2 ** 24), (bytes) => globalThis.crypto.getRandomValues(bytes));
 */
export function fillDiscreteGaussian(into: Float64Array, scale: number, source: RandomBytes): void {
  if (!(Number.isInteger(scale) && scale >= 1 && scale <= LARGEST_SCALE)) {
    throw new RangeError(`Expected a scale that is a whole number from 1 to 2^40, got ${scale}`);
  }
  const integers = randomIntegers(source);
  const draw = discreteGaussian(scale, integers, exponentialCoins(scale, integers));
  for (let place = 0; place < into.length; place++) {
    into[place] = draw();
  }
}

/**
 * Algorithm 2 draws y = u + σ v ≥ 0 with probability proportional to exp(-y / σ) and a sign (of both zeros, one is drawn
 * again), and algorithm 3 accepts it with probability exp(-(y - σ)² / 2σ²). The paper's choice of the scale of algorithm
 * 2, the next whole number, is σ itself here. Written as |y - σ| = σ i + r with 0 ≤ r < σ, the exponent is
 *
 *     (i + r/σ)² / 2 = i² · 1/2 + i · r/σ + (r/σ)² / 2,
 *
 * so that acceptance is i² coins of exp(-1/2), i of exp(-r/σ) and one of exp(-(r/σ)² / 2), all of which have to come up.
 */
function discreteGaussian(scale: number, { below, word }: RandomIntegers, coins: ExponentialCoins): () => number {
  const draw = below(scale);
  return () => {
    for (;;) {
      const part = draw();
      if (!coins.ratio(part)) {
        continue;
      }
      let whole = 0;
      while (coins.one()) {
        whole++;
      }
      if (isAccepted(coins, scale, part, whole)) {
        const magnitude = part + scale * whole;
        const negative = word() >= 2 ** 31;
        if (!(negative && magnitude === 0)) {
          return negative ? -magnitude : magnitude;
        }
      }
    }
  };
}

function isAccepted(coins: ExponentialCoins, scale: number, part: number, whole: number): boolean {
  const inside = whole === 0 && part > 0;
  const distance = Math.abs(whole - 1);
  const times = inside ? 0 : distance;
  const rest = inside ? scale - part : part;
  for (let coin = 0; coin < times * times; coin++) {
    if (!coins.half()) {
      return false;
    }
  }
  for (let coin = 0; coin < times; coin++) {
    if (!coins.ratio(rest)) {
      return false;
    }
  }
  return coins.halfSquare(rest);
}
