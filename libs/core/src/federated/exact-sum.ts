/**
 * Sums that are exact, so that neither order nor grouping changes a bit of them: every addend is first rounded to a
 * multiple of 2^-24, and multiples of 2^-24 up to 2^29 (53 bits) add without rounding in a Float64.
 *
 * So an update can be added when it arrives and then discarded, and memory does not grow with the number of clients.
 * The price is a rounding error of at most 2^-25 for each addend.
 */

import { roundedSum, type RoundedSum } from '../math/long-vectors.js';

/** Distance between neighbouring points of the grid. */
export const GRID: number = 2 ** -24;

/**
 * Float64 numbers between 2^28 and 2^29 are exactly the multiples of {@link GRID} there: adding this number, the
 * midpoint, rounds an addend of magnitude up to 2^27 to the grid (half to even), and subtracting it again is exact.
 */
const ROUNDER = 1.5 * 2 ** 28;

const LARGEST_ROUNDED = 2 ** 27;

/** Float64 represents every integer up to this one exactly. */
const LARGEST_SUM_IN_STEPS = 2 ** 53;

/** The largest magnitude that `count` addends may each have for their sum to stay exact in any order. */
export function largestAddend(count: number): number {
  return Math.min(LARGEST_ROUNDED, Math.floor(LARGEST_SUM_IN_STEPS / count) * GRID);
}

/**
 * An empty sum of vectors of `size` values. The product of a Float32 value and a weight below 2^29 is exact; it must
 * not be larger than `largestAddend`.
 */
export function exactSum(size: number): RoundedSum {
  return roundedSum(size, ROUNDER);
}

/** What {@link exactSum} adds for one vector, in steps of {@link GRID}: the product with the weight, rounded. */
export function weightedSteps(values: Float32Array, weight: number): Float64Array {
  const steps = new Float64Array(values.length);
  for (let place = 0; place < steps.length; place++) {
    steps[place] = (values[place]! * weight + ROUNDER - ROUNDER) / GRID;
  }
  return steps;
}
