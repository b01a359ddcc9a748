/** Selections that NumPy made from random probabilities; `about` in the file says how. */

import { readFileSync } from 'node:fs';

export interface SelectionVectors {
  /** Shape [window][class]. */
  readonly probabilities: number[][];
  readonly kept: number[];
  readonly adaptiveThresholds: number[];
  readonly adaptiveKept: number[];
  readonly softMatchWeights: number[];
}

export const selectionVectors: SelectionVectors = JSON.parse(
  readFileSync(new URL('./vectors/selection.json', import.meta.url), 'utf8'),
) as SelectionVectors;
