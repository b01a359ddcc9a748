/** Means of reconstructions' matches, with 95 % intervals by resampling updates (percentile bootstrap). */

import type { Interval, Rng } from '@gaitway/core';

const RESAMPLES = 2000;
const LEVEL = 0.95;

export interface MeanInterval extends Interval {
  readonly mean: number;
}

/** The values of one update: they depend on each other, so an update is resampled as a whole. */
export type ValuesOfUpdate = readonly number[];

/** The mean over the values of all updates, of which there is at least one, with its interval. */
export function meanInterval(updates: readonly ValuesOfUpdate[], rng: Rng): MeanInterval {
  const some = updates.filter(({ length }) => length > 0);
  return { mean: meanOf(some.flat()), ...limitsOf(() => meanOf(resampled(some, rng).flat())) };
}

/**
 * The mean of `own` less that of `control`, with its interval. The updates of both are paired, and a pair in which either
 * has no values does not count; at least one pair does.
 */
export function meanDifference(
  own: readonly ValuesOfUpdate[],
  control: readonly ValuesOfUpdate[],
  rng: Rng,
): MeanInterval {
  const pairs = own
    .map((values, index) => [values, control[index] ?? []] as const)
    .filter(([values, others]) => values.length > 0 && others.length > 0);
  return { mean: differenceOf(pairs), ...limitsOf(() => differenceOf(resampled(pairs, rng))) };
}

function differenceOf(pairs: readonly (readonly [ValuesOfUpdate, ValuesOfUpdate])[]): number {
  return meanOf(pairs.flatMap(([own]) => own)) - meanOf(pairs.flatMap(([, control]) => control));
}

function limitsOf(draw: () => number): Interval {
  const draws = Float64Array.from({ length: RESAMPLES }, draw).sort();
  const tail = Math.floor(((1 - LEVEL) / 2) * RESAMPLES);
  return { low: draws[tail]!, high: draws[RESAMPLES - 1 - tail]! };
}

function resampled<Item>(items: readonly Item[], rng: Rng): readonly Item[] {
  return items.map(() => items[rng.integer(items.length)]!);
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
