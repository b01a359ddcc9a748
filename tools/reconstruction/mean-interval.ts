/** Means of reconstructions' matches, with 95 % intervals by resampling reconstructions (percentile bootstrap). */

import type { Interval, Rng } from '@gaitway/core';

const RESAMPLES = 2000;
const LEVEL = 0.95;

export interface MeanInterval extends Interval {
  readonly mean: number;
}

/** The mean of at least one value, with its interval. */
export function meanInterval(values: readonly number[], rng: Rng): MeanInterval {
  return { mean: meanOf(values), ...limitsOf(() => resampledMean(values, rng)) };
}

/** The mean of `values` less that of `others`, each with at least one value, with its interval. */
export function meanDifference(values: readonly number[], others: readonly number[], rng: Rng): MeanInterval {
  const mean = meanOf(values) - meanOf(others);
  return { mean, ...limitsOf(() => resampledMean(values, rng) - resampledMean(others, rng)) };
}

function limitsOf(draw: () => number): Interval {
  const draws = Float64Array.from({ length: RESAMPLES }, draw).sort();
  const tail = Math.floor(((1 - LEVEL) / 2) * RESAMPLES);
  return { low: draws[tail]!, high: draws[RESAMPLES - 1 - tail]! };
}

function resampledMean(values: readonly number[], rng: Rng): number {
  return values.reduce((sum) => sum + values[rng.integer(values.length)]!, 0) / values.length;
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
