/**
 * A head with several yes-or-no outputs, each on hidden units of its own; the sigmoid belongs to the loss.
 * The hidden layers of all outputs lie side by side and run as one matrix product.
 */

import * as tf from '@tensorflow/tfjs-core';
import { gateByOutput } from './gate.js';
import { denseRelu, productLeftTransposed, productRightTransposed, type Head, type HeadParameters } from './head.js';

/** features: [window, feature]; hidden kernel: [feature, output x hidden]; output kernel: [output, hidden]. */
export function independentHead(features: tf.Tensor2D, parameters: HeadParameters): Head {
  const { hiddenKernel, hiddenBias, outputKernel, outputBias } = parameters;
  const windows = features.shape[0];
  const [outputs, units] = outputKernel.shape;
  const hidden = denseRelu(features, hiddenKernel, hiddenBias);
  const hiddenOfOutput = tf.reshape(hidden, [windows, outputs, units]);
  return {
    logits: tf.add(tf.sum(tf.mul(hiddenOfOutput, outputKernel), 2), outputBias),
    backward: (logitGradient) => {
      const gradientOfOutput = tf.reshape(logitGradient, [windows, outputs, 1]);
      const reaching = tf.reshape(tf.mul(gradientOfOutput, outputKernel), [windows, outputs * units]);
      const hiddenGradient = gateByOutput(reaching as tf.Tensor2D, hidden);
      return {
        hiddenKernel: productLeftTransposed(features, hiddenGradient),
        hiddenBias: tf.sum(hiddenGradient, 0),
        outputKernel: tf.sum(tf.mul(hiddenOfOutput, gradientOfOutput), 0),
        outputBias: tf.sum(logitGradient, 0),
        features: productRightTransposed(hiddenGradient, hiddenKernel),
      };
    },
  };
}
