/**
 * Losses on a head's logits, with their gradients, on plain arrays: there are only a few numbers per window, and the
 * bits are the same everywhere. Missing labels are excluded from both exactly: the rest gives what it would give alone.
 */

/** The targets of a head, and how much each row counts. */
export interface HeadLabels {
  /** Shape [row, output]; NaN where a label is missing. */
  readonly targets: Float32Array;
  /** Weight of each row in the sum of the losses, shape [row]; all 1 where absent. */
  readonly weights?: Float32Array | undefined;
}

/** A loss, and its gradient with respect to the logits. */
export interface LossAtLogits {
  readonly loss: number;
  /** Shape [row, output]; 0 where a label is missing. */
  readonly gradient: Float32Array;
}

/** A loss of `logits`, shape [row, output], with a given number of outputs. */
export type Loss = (logits: Float32Array, labels: HeadLabels, outputs: number) => LossAtLogits;

/**
 * Categorical cross-entropy of softmax(logits) against soft labels, Σ w · (-Σ p log q) / labelled rows; gradient w (q -
 * p) / labelled rows. The targets of a row sum to 1, or are all missing.
 *
 * @throws Error when only some of a row's targets are missing.
 */
export function softmaxCrossEntropy(
  logits: Float32Array,
  { targets, weights }: HeadLabels,
  classes: number,
): LossAtLogits {
  const present = labelledRows(targets, classes);
  const gradient = new Float32Array(logits.length);
  let loss = 0;
  for (const row of present) {
    const first = row * classes;
    const weight = weights ? weights[row]! : 1;
    const logNormaliser = logSumExp(logits, first, classes);
    for (let index = first; index < first + classes; index++) {
      const logProbability = logits[index]! - logNormaliser;
      loss -= weight * targets[index]! * logProbability;
      gradient[index] = (weight * (Math.exp(logProbability) - targets[index]!)) / present.length;
    }
  }
  return { loss: loss / Math.max(1, present.length), gradient };
}

/** Softmax of each row of logits, shape [row, class]. */
export function softmax(logits: Float32Array, classes: number): Float32Array {
  const probabilities = new Float32Array(logits.length);
  for (let first = 0; first < logits.length; first += classes) {
    const logNormaliser = logSumExp(logits, first, classes);
    for (let index = first; index < first + classes; index++) {
      probabilities[index] = Math.exp(logits[index]! - logNormaliser);
    }
  }
  return probabilities;
}

/** Indices of the labelled rows. */
function labelledRows(targets: Float32Array, classes: number): readonly number[] {
  const rows: number[] = [];
  for (let row = 0; row < targets.length / classes; row++) {
    const missing = targets.subarray(row * classes, (row + 1) * classes).filter(Number.isNaN).length;
    if (missing === 0) {
      rows.push(row);
    } else if (missing < classes) {
      throw new Error(`Row ${row}: expected a whole label or none, found ${missing} of ${classes} targets missing`);
    }
  }
  return rows;
}

function logSumExp(logits: Float32Array, first: number, classes: number): number {
  let largest = -Infinity;
  for (let index = first; index < first + classes; index++) {
    largest = Math.max(largest, logits[index]!);
  }
  let sum = 0;
  for (let index = first; index < first + classes; index++) {
    sum += Math.exp(logits[index]! - largest);
  }
  return largest + Math.log(sum);
}
