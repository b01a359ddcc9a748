/** What NumPy made of five clients' deltas and of two rounds' means; the file's `about` says how. */

import { readFileSync } from 'node:fs';

export interface AggregationVectors {
  /** [client][parameter]; the last one is hostile. */
  readonly deltas: number[][];
  readonly examples: number[];
  readonly weightedMean: number[];
  readonly median: number[];
  /** 20 % on each side. */
  readonly trimmedMean20: number[];
  /** f = 1. */
  readonly krumScores: number[];
  /** Which client. */
  readonly krum: number;
  /** m = 2. */
  readonly multiKrum2: number[];
  /** [round][parameter]; aggregated changes. */
  readonly rounds: number[][];
  /** [round][parameter]; the parameters after each of these rounds, from zero. */
  readonly fedAdagrad: number[][];
  readonly fedAdam: number[][];
  readonly fedYogi: number[][];
  readonly fedAvgM: number[][];
}

export const aggregationVectors: AggregationVectors = JSON.parse(
  readFileSync(new URL('./vectors/aggregation.json', import.meta.url), 'utf8'),
) as AggregationVectors;
