/** A head of one dense layer: what the features alone can tell (linear evaluation). */

import type * as tf from '@tensorflow/tfjs-core';
import { dense, denseGradients, productRightTransposed, type DenseParameters, type Head } from './head.js';

/** features: [window, feature]; output kernel: [feature, output]. */
export function linearHead(features: tf.Tensor2D, output: DenseParameters): Head {
  return {
    logits: dense(features, output),
    backward: (logitGradient) => ({
      layers: { output: denseGradients(features, logitGradient) },
      features: productRightTransposed(logitGradient, output.kernel),
    }),
  };
}
