/**
 * Coins that come up with probability exp(-x), exactly: only whole numbers are drawn and compared (C. L. Canonne, G.
 * Kamath and T. Steinke 2020, The discrete Gaussian for differential privacy, arXiv 2004.00010, algorithm 1, after J. von
 * Neumann 1951).
 *
 * For 0 ≤ x ≤ 1, coins with probabilities x/1, x/2, x/3 … are thrown until one fails. An odd number of throws has
 * probability 1 - x + x²/2! - … = exp(-x). A coin with probability x y / k is three coins that all have to come up, so
 * no product has to be computed, and no number exceeds 2^53.
 *
 * Most of the time goes into the coins of 1/1, 1/2, 1/3 … The first n of them come up with probability 1/n!, so one
 * uniform draw from 0 … 12! - 1 tells how many do: n if it is below 12!/n!. After twelve, single coins follow.
 */

import type { RandomIntegers } from './random-integers.js';

/** Coins for multiples of 1 / `scale`. */
export interface ExponentialCoins {
  /** True with probability exp(-1). */
  readonly one: () => boolean;
  /** True with probability exp(-1/2). */
  readonly half: () => boolean;
  /** True with probability exp(-part / scale). @param part - A whole number from 0 to scale. */
  readonly ratio: (part: number) => boolean;
  /** True with probability exp(-(part / scale)² / 2). @param part - As for `ratio`. */
  readonly halfSquare: (part: number) => boolean;
}

/** Coins of which the n-th comes up with probability 1 / f(n). */
interface CoinSequence {
  /** A draw that decides about the first coins together. */
  readonly draw: () => number;
  /** Whether the n-th coin comes up, all before it having done so. */
  readonly comesUp: (n: number, drawn: number) => boolean;
}

/** @param last - The coin up to which one draw decides: the product of f(1) … f(last) is below 2^32. */
function coinSequence(f: (n: number) => number, last: number, below: RandomIntegers['below']): CoinSequence {
  const limits = new Float64Array(last + 1).fill(1);
  for (let n = last; n > 0; n--) {
    limits[n - 1] = limits[n]! * f(n);
  }
  return {
    draw: below(limits[0]!),
    comesUp: (n, drawn) => (n <= last ? drawn < limits[n]! : below(f(n))() === 0),
  };
}

/** @param scale - A whole number from 1 to 2^53. */
export function exponentialCoins(scale: number, { below }: RandomIntegers): ExponentialCoins {
  const draw = below(scale);
  const single = coinSequence((n) => n, 12, below);
  const double = coinSequence((n) => 2 * n, 9, below);
  return {
    one: () => {
      const drawn = single.draw();
      let throws = 2;
      while (single.comesUp(throws, drawn)) {
        throws++;
      }
      return throws % 2 === 1;
    },
    half: () => {
      const drawn = double.draw();
      let throws = 1;
      while (double.comesUp(throws, drawn)) {
        throws++;
      }
      return throws % 2 === 1;
    },
    ratio: (part) => {
      if (draw() >= part) {
        return true;
      }
      const drawn = single.draw();
      let throws = 2;
      while (single.comesUp(throws, drawn) && draw() < part) {
        throws++;
      }
      return throws % 2 === 1;
    },
    halfSquare: (part) => {
      const drawn = double.draw();
      let throws = 1;
      while (double.comesUp(throws, drawn) && draw() < part && draw() < part) {
        throws++;
      }
      return throws % 2 === 1;
    },
  };
}
