/** Logits with labels and weights, for tests of the losses. */

import { createRng } from '../math/random.js';

export interface LabelledRows {
  readonly logits: Float32Array;
  readonly targets: Float32Array;
  readonly weights: Float32Array;
}

/** Random logits, targets that sum to 1 in each row, and weights. */
export function randomRows(rows: number, outputs: number): LabelledRows {
  const rng = createRng('labelled rows');
  const raw = Float32Array.from({ length: rows * outputs }, () => rng.uniform());
  const sumOfRow = (row: number): number => raw.slice(row * outputs, (row + 1) * outputs).reduce((a, b) => a + b);
  return {
    logits: raw.map(() => 3 * rng.normal()),
    targets: raw.map((value, index) => value / sumOfRow(Math.floor(index / outputs))),
    weights: Float32Array.from({ length: rows }, () => rng.uniform()),
  };
}

/** The given rows of an array of shape [row, output]. */
export function pickValues(values: Float32Array, rows: readonly number[], outputs: number): Float32Array {
  return Float32Array.from(rows.flatMap((row) => [...values.slice(row * outputs, (row + 1) * outputs)]));
}

/** Only the given rows. */
export function pickRows(all: LabelledRows, rows: readonly number[], outputs: number): LabelledRows {
  return {
    logits: pickValues(all.logits, rows, outputs),
    targets: pickValues(all.targets, rows, outputs),
    weights: pickValues(all.weights, rows, 1),
  };
}
