/**
 * Sums that are exact, so that neither order nor grouping changes a bit of them: every addend is first rounded to a
 * multiple of 2^-24, and multiples of 2^-24 up to 2^29 (53 bits) add without rounding in a Float64.
 *
 * So an update is added when it arrives and forgotten, partial sums of workers or gateways combine to the same bits,
 * and memory does not grow with the number of clients. The price is 2^-25 at most for each addend.
 */

import { roundedSum, type RoundedSum } from '../math/long-vectors.js';

/** Distance between neighbours on the grid. */
export const GRID: number = 2 ** -24;

/**
 * Float64 numbers between 2^28 and 2^29 are exactly the multiples of {@link GRID} there: adding this number, the middle,
 * rounds an addend of up to 2^27 either way to the grid (half to even), and subtracting it again is exact.
 */
const ROUNDER = 1.5 * 2 ** 28;

const LARGEST_ROUNDED = 2 ** 27;

/** The largest integer below which Float64 has every integer. */
const LARGEST_SUM_IN_STEPS = 2 ** 53;

/** How large `count` addends may each be, either way, for their sum to stay exact whatever their order. */
export function largestAddend(count: number): number {
  return Math.min(LARGEST_ROUNDED, Math.floor(LARGEST_SUM_IN_STEPS / count) * GRID);
}

/**
 * The sum of no vectors yet, each of `size` values. The product of a Float32 value and a weight below 2^29 is exact; it
 * must not be larger than {@link largestAddend}.
 */
export function exactSum(size: number): RoundedSum {
  return roundedSum(size, ROUNDER);
}

/** Adds one exact sum to another. */
export function addSum(sum: RoundedSum, other: RoundedSum): void {
  const { values } = sum;
  for (let index = 0; index < values.length; index++) {
    values[index]! += other.values[index]!;
  }
}
