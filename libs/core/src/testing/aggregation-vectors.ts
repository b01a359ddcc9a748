/**
 * Runs deltas, written as rows, through an aggregator; and reference values that NumPy computed from five clients'
 * deltas and two rounds' means (`about` in the file says how).
 */

import { readFileSync } from 'node:fs';
import type { Aggregator } from '../federated/strategy.js';

/** The aggregate of `deltas`, the first of which is client 0's; each has one example by default. */
export function aggregated<State>(
  aggregator: Aggregator<State>,
  deltas: readonly (readonly number[])[],
  examples: readonly number[] = deltas.map(() => 1),
): number[] {
  const state = deltas.reduce(
    (before, delta, index) =>
      aggregator.accept(before, {
        client: `client ${index}`,
        delta: Float32Array.from(delta),
        examples: examples[index]!,
      }),
    aggregator.init(deltas[0]!.length),
  );
  return [...aggregator.finish(state)];
}

/** A column of values, one for each client. */
export function column(...values: readonly number[]): readonly (readonly number[])[] {
  return values.map((value) => [value]);
}

export interface AggregationVectors {
  /** Shape [client][parameter]; the last client is hostile. */
  readonly deltas: number[][];
  readonly examples: number[];
  readonly weightedMean: number[];
  readonly median: number[];
  /** Trimmed by 20 % on each side. */
  readonly trimmedMean20: number[];
  /** Scores with f = 1. */
  readonly krumScores: number[];
  /** Index of the selected client. */
  readonly krum: number;
  /** Mean of m = 2 updates. */
  readonly multiKrum2: number[];
  /** Aggregated changes, shape [round][parameter]. */
  readonly rounds: number[][];
  /** Parameters after each of these rounds, starting from zero; shape [round][parameter]. */
  readonly fedAdagrad: number[][];
  readonly fedAdam: number[][];
  readonly fedYogi: number[][];
  readonly fedAvgM: number[][];
}

export const aggregationVectors: AggregationVectors = JSON.parse(
  readFileSync(new URL('./vectors/aggregation.json', import.meta.url), 'utf8'),
) as AggregationVectors;
