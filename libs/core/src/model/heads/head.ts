/** What every head is: logits on top of features, and the gradients that follow from the gradient of the logits. */

import * as tf from '@tensorflow/tfjs-core';

/** Kernel and bias of a dense layer, or their gradients. */
export interface DenseParameters {
  readonly kernel: tf.Tensor2D;
  readonly bias: tf.Tensor1D;
}

export interface HeadGradients {
  /** By the layer's name: `hidden` where there is one, `output`. */
  readonly layers: Readonly<Record<string, DenseParameters>>;
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

/** x k + b, [row, unit]. */
export function dense(x: tf.Tensor2D, { kernel, bias }: DenseParameters): tf.Tensor2D {
  return tf.add<tf.Tensor2D>(tf.matMul(x, kernel), bias);
}

/** Gradients of a dense layer's kernel and bias from the gradient of what it gives. */
export function denseGradients(x: tf.Tensor2D, gradient: tf.Tensor2D): DenseParameters {
  return { kernel: productLeftTransposed(x, gradient), bias: tf.sum(gradient, 0) };
}
