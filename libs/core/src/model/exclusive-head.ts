/** A head that chooses one of several classes: dense ReLU, dense; the softmax belongs to the loss. */

import * as tf from '@tensorflow/tfjs-core';
import { gateByOutput } from './gate.js';
import { denseRelu, productLeftTransposed, productRightTransposed, type Head, type HeadParameters } from './head.js';

/** features: [window, feature]; hidden kernel: [feature, hidden]; output kernel: [hidden, class]. */
export function exclusiveHead(features: tf.Tensor2D, parameters: HeadParameters): Head {
  const { hiddenKernel, hiddenBias, outputKernel, outputBias } = parameters;
  const hidden = denseRelu(features, hiddenKernel, hiddenBias);
  return {
    logits: tf.add(tf.matMul(hidden, outputKernel), outputBias),
    backward: (logitGradient) => {
      const hiddenGradient = gateByOutput(productRightTransposed(logitGradient, outputKernel), hidden);
      return {
        hiddenKernel: productLeftTransposed(features, hiddenGradient),
        hiddenBias: tf.sum(hiddenGradient, 0),
        outputKernel: productLeftTransposed(hidden, logitGradient),
        outputBias: tf.sum(logitGradient, 0),
        features: productRightTransposed(hiddenGradient, hiddenKernel),
      };
    },
  };
}
