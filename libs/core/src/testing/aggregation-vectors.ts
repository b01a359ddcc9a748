/**
 * Reference values that NumPy computed from five clients' deltas and two rounds' means; `about` in the file says how.
 */

import { readFileSync } from 'node:fs';

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
