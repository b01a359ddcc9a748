/** Losses of heads whose outputs are independent answers: each answer has its own loss, or its label is missing. */

import type { HeadLabels, Loss, LossAtLogits } from './losses.js';

/** The loss of one answer. */
export interface AnswerLoss {
  readonly loss: (logit: number, target: number) => number;
  /** Its derivative with respect to the logit. */
  readonly slope: (logit: number, target: number) => number;
}

/**
 * For each output the mean over its labelled rows, summed over outputs; gradient w · slope / labelled rows of the
 * output.
 */
export function sumOverOutputs(answer: AnswerLoss): Loss {
  return (logits, labels, outputs) =>
    sumOfAnswers(logits, labels, { answer, divisors: answersOfOutputs(labels.targets, outputs) });
}

/** The mean over all answers with a label; gradient w · slope / answers. */
export function meanOverAnswers(answer: AnswerLoss): Loss {
  return (logits, labels, outputs) =>
    sumOfAnswers(logits, labels, { answer, divisors: allAnswers(labels.targets, outputs) });
}

/** Binary cross-entropy of σ(z); slope σ(z) - t. Targets are 0 or 1. */
export const logistic: AnswerLoss = {
  // log(1 + e^z) - t z, in the form that does not overflow.
  loss: (logit, target) => Math.max(logit, 0) - logit * target + Math.log1p(Math.exp(-Math.abs(logit))),
  slope: (logit, target) => sigmoidOf(logit) - target,
};

/** Half the squared error, (z - t)² / 2; slope z - t. */
export const squared: AnswerLoss = {
  loss: (value, target) => (value - target) ** 2 / 2,
  slope: (value, target) => value - target,
};

/** Sigmoid of each logit. */
export function sigmoid(logits: Float32Array): Float32Array {
  return logits.map(sigmoidOf);
}

function sigmoidOf(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}

/** divisors: [output], the divisors of the sums of each output's losses. */
function sumOfAnswers(
  logits: Float32Array,
  { targets, weights }: HeadLabels,
  { answer, divisors }: { readonly answer: AnswerLoss; readonly divisors: readonly number[] },
): LossAtLogits {
  const outputs = divisors.length;
  const gradient = new Float32Array(logits.length);
  const sums = new Float64Array(outputs);
  for (let index = 0; index < logits.length; index++) {
    const target = targets[index]!;
    if (!Number.isNaN(target)) {
      const output = index % outputs;
      const weight = weights ? weights[Math.floor(index / outputs)]! : 1;
      sums[output]! += weight * answer.loss(logits[index]!, target);
      gradient[index] = (weight * answer.slope(logits[index]!, target)) / divisors[output]!;
    }
  }
  return { loss: sums.reduce((loss, sum, output) => loss + sum / divisors[output]!, 0), gradient };
}

/** Number of labelled rows of each output, at least 1. */
function answersOfOutputs(targets: Float32Array, outputs: number): readonly number[] {
  return Array.from({ length: outputs }, (_, output) =>
    Math.max(1, targets.filter((target, index) => index % outputs === output && !Number.isNaN(target)).length),
  );
}

/** Number of labelled answers of the whole head, at least 1, for each output. */
function allAnswers(targets: Float32Array, outputs: number): readonly number[] {
  const answers = Math.max(1, targets.filter((target) => !Number.isNaN(target)).length);
  return new Array<number>(outputs).fill(answers);
}
