/** A head whose outputs share one hidden layer: dense ReLU, dense; what follows belongs to the loss. */

import * as tf from '@tensorflow/tfjs-core';
import { gateByOutput } from '../layers/gate.js';
import { dense, denseGradients, productRightTransposed, type DenseParameters, type Head } from './head.js';

/** features: [window, feature]; hidden kernel: [feature, hidden]; output kernel: [hidden, output]. */
export function sharedHead(features: tf.Tensor2D, hiddenLayer: DenseParameters, output: DenseParameters): Head {
  const hidden = tf.relu(dense(features, hiddenLayer));
  return {
    logits: dense(hidden, output),
    backward: (logitGradient) => {
      const hiddenGradient = gateByOutput(productRightTransposed(logitGradient, output.kernel), hidden);
      return {
        layers: { hidden: denseGradients(features, hiddenGradient), output: denseGradients(hidden, logitGradient) },
        features: productRightTransposed(hiddenGradient, hiddenLayer.kernel),
      };
    },
  };
}
