/** What every head is: logits on top of features, and the gradients that follow from the gradient of the logits. */

import * as tf from '@tensorflow/tfjs-core';

export interface HeadParameters {
  readonly hiddenKernel: tf.Tensor2D;
  readonly hiddenBias: tf.Tensor1D;
  readonly outputKernel: tf.Tensor2D;
  readonly outputBias: tf.Tensor1D;
}

export interface HeadGradients extends HeadParameters {
  /** [window, feature] */
  readonly features: tf.Tensor2D;
}

/** A head at one point. */
export interface Head {
  /** [window, output] */
  readonly logits: tf.Tensor2D;
  backward(logitGradient: tf.Tensor2D): HeadGradients;
}

/**
 * aᵀ b. The wasm backend multiplies transposed operands in a loop of its own, forty times slower than transposing first.
 */
export function productLeftTransposed(a: tf.Tensor2D, b: tf.Tensor2D): tf.Tensor2D {
  return tf.matMul(tf.transpose(a), b);
}

/** a bᵀ. */
export function productRightTransposed(a: tf.Tensor2D, b: tf.Tensor2D): tf.Tensor2D {
  return tf.matMul(a, tf.transpose(b));
}

/** relu(x k + b), [row, unit]. */
export function denseRelu(x: tf.Tensor2D, kernel: tf.Tensor2D, bias: tf.Tensor1D): tf.Tensor2D {
  return tf.relu(tf.add<tf.Tensor2D>(tf.matMul(x, kernel), bias));
}
