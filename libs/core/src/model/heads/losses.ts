/**
 * Losses on a head's logits, with their gradients, on plain arrays: a few numbers a window, the same bits everywhere.
 * Labels that are missing are left out of both, exactly: the rest gives what it would give alone.
 */

/** What a head should have answered. */
export interface HeadLabels {
  /** [row, output]; NaN where a label is missing. */
  readonly targets: Float32Array;
  /** [row]; how much each row counts in the sum of the losses, 1 each where there are none. */
  readonly weights?: Float32Array | undefined;
}

/** A loss, and its gradient with respect to the logits. */
export interface LossAtLogits {
  readonly loss: number;
  /** [row, output]; 0 where a label is missing. */
  readonly gradient: Float32Array;
}

/** A loss of `logits`, [row, output], with a given number of outputs. */
export type Loss = (logits: Float32Array, labels: HeadLabels, outputs: number) => LossAtLogits;

/**
 * Categorical cross-entropy of softmax(logits) against soft labels, Σ w · (-Σ p log q) / rows with a label; gradient
 * w (q - p) / rows. Target rows sum to 1, or are missing as a whole.
 *
 * @throws Error when a row has some of its targets only.
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

/** Softmax of each row of logits, [row, class]. */
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

/** The rows whose label is there. */
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
