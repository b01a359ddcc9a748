/**
 * Losses on a head's logits, with their gradients, on plain arrays: a few numbers a window, the same bits everywhere.
 */

/** A mean loss over the rows, and its gradient with respect to the logits. */
export interface LossAtLogits {
  readonly loss: number;
  /** [row, output] */
  readonly gradient: Float32Array;
}

/**
 * Mean categorical cross-entropy of softmax(logits) against soft labels, -Σ p log q; gradient (q - p) / rows.
 *
 * @param logits - [row, class]
 * @param targets - [row, class], rows sum to 1
 */
export function softmaxCrossEntropy(logits: Float32Array, targets: Float32Array, classes: number): LossAtLogits {
  const rows = logits.length / classes;
  const gradient = new Float32Array(logits.length);
  let loss = 0;
  for (let first = 0; first < logits.length; first += classes) {
    const logNormaliser = logSumExp(logits, first, classes);
    for (let index = first; index < first + classes; index++) {
      const logProbability = logits[index]! - logNormaliser;
      loss -= targets[index]! * logProbability;
      gradient[index] = (Math.exp(logProbability) - targets[index]!) / rows;
    }
  }
  return { loss: loss / rows, gradient };
}

/**
 * Binary cross-entropy of sigmoid(logits), averaged over rows and summed over outputs; gradient (σ(z) - t) / rows.
 *
 * @param logits - [row, output]
 * @param targets - [row, output], 0 or 1
 */
export function sigmoidCrossEntropy(logits: Float32Array, targets: Float32Array, outputs: number): LossAtLogits {
  const rows = logits.length / outputs;
  const gradient = new Float32Array(logits.length);
  let loss = 0;
  for (let index = 0; index < logits.length; index++) {
    const logit = logits[index]!;
    const target = targets[index]!;
    // log(1 + e^z) - t z, in the form that does not overflow.
    loss += Math.max(logit, 0) - logit * target + Math.log1p(Math.exp(-Math.abs(logit)));
    gradient[index] = (1 / (1 + Math.exp(-logit)) - target) / rows;
  }
  return { loss: loss / rows, gradient };
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
