/** The type of a head, which computes logits from features, and gradients from the gradient of the logits. */

import * as tf from '@tensorflow/tfjs-core';

/** Kernel and bias of a dense layer, or their gradients. */
export interface DenseParameters {
  readonly kernel: tf.Tensor2D;
  readonly bias: tf.Tensor1D;
}

export interface HeadGradients {
  /** Keyed by layer name: `hidden` where there is one, `output`. */
  readonly layers: Readonly<Record<string, DenseParameters>>;
  /** Shape [window, feature]. */
  readonly features: tf.Tensor2D;
}

/** The result of running a head forward. */
export interface Head {
  /** Shape [window, output]. */
  readonly logits: tf.Tensor2D;
  backward(logitGradient: tf.Tensor2D): HeadGradients;
}

/**
 * aᵀ b. The wasm backend multiplies transposed operands in a separate loop, forty times slower than transposing first.
 */
export function productLeftTransposed(a: tf.Tensor2D, b: tf.Tensor2D): tf.Tensor2D {
  return tf.matMul(tf.transpose(a), b);
}

/** a bᵀ. */
export function productRightTransposed(a: tf.Tensor2D, b: tf.Tensor2D): tf.Tensor2D {
  return tf.matMul(a, tf.transpose(b));
}

/** x k + b, shape [row, unit]. */
export function dense(x: tf.Tensor2D, { kernel, bias }: DenseParameters): tf.Tensor2D {
  return tf.add<tf.Tensor2D>(tf.matMul(x, kernel), bias);
}

/** Gradients of a dense layer's kernel and bias from the gradient of its output. */
export function denseGradients(x: tf.Tensor2D, gradient: tf.Tensor2D): DenseParameters {
  return { kernel: productLeftTransposed(x, gradient), bias: tf.sum(gradient, 0) };
}
