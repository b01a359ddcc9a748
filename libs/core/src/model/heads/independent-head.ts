/**
 * A head with several yes-or-no outputs, each on hidden units of its own; the sigmoid belongs to the loss.
 * The hidden layers of all outputs lie side by side and run as one matrix product.
 */

import * as tf from '@tensorflow/tfjs-core';
import { gateByOutput } from '../layers/gate.js';
import { dense, denseGradients, productRightTransposed, type DenseParameters, type Head } from './head.js';

/** features: [window, feature]; hidden kernel: [feature, output x hidden]; output kernel: [output, hidden]. */
export function independentHead(features: tf.Tensor2D, hiddenLayer: DenseParameters, output: DenseParameters): Head {
  const windows = features.shape[0];
  const [outputs, units] = output.kernel.shape;
  const hidden = tf.relu(dense(features, hiddenLayer));
  const hiddenOfOutput = tf.reshape(hidden, [windows, outputs, units]);
  return {
    logits: tf.add(tf.sum(tf.mul(hiddenOfOutput, output.kernel), 2), output.bias),
    backward: (logitGradient) => {
      const gradientOfOutput = tf.reshape(logitGradient, [windows, outputs, 1]);
      const reaching = tf.reshape(tf.mul(gradientOfOutput, output.kernel), [windows, outputs * units]);
      const hiddenGradient = gateByOutput(reaching as tf.Tensor2D, hidden);
      return {
        layers: {
          hidden: denseGradients(features, hiddenGradient),
          output: { kernel: tf.sum(tf.mul(hiddenOfOutput, gradientOfOutput), 0), bias: tf.sum(logitGradient, 0) },
        },
        features: productRightTransposed(hiddenGradient, hiddenLayer.kernel),
      };
    },
  };
}
