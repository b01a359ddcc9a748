/** What each kind of head learns by, and what its logits say. A new kind is one more entry. */

import { halfMeanSquaredError, meanSigmoidCrossEntropy, sigmoid, sigmoidCrossEntropy } from './answer-losses.js';
import { softmax, softmaxCrossEntropy, type Loss } from './losses.js';
import type { HeadKind } from './network-spec.js';

export interface HeadKindTraits {
  readonly loss: Loss;
  /** Predictions [row, output] from logits. */
  readonly predictions: (logits: Float32Array, outputs: number) => Float32Array;
}

export const headKinds: Readonly<Record<HeadKind, HeadKindTraits>> = {
  exclusive: { loss: softmaxCrossEntropy, predictions: softmax },
  independent: { loss: sigmoidCrossEntropy, predictions: sigmoid },
  'multi-label': { loss: meanSigmoidCrossEntropy, predictions: sigmoid },
  regression: { loss: halfMeanSquaredError, predictions: (logits) => logits.slice() },
};
