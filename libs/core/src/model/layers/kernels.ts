/**
 * Kernels that only some backends have, and gradients that use them where they are there. Those that do not belong to
 * tfjs exist only where they were registered.
 */

import * as tf from '@tensorflow/tfjs-core';

/** Passes on a gradient `dy` where the output `y` of a ReLU is positive, in one pass over both. */
export const RELU_GRADIENT = 'ReluGrad';

/** The product of a sparse and a dense matrix; inputs and attributes as {@link sparseProduct} passes them. */
export const SPARSE_PRODUCT = 'SparseTensorDenseMatMul';

/** Sums `x` over all axes but the last. */
export const BIAS_GRADIENT = 'BiasAddGrad';

/** Whether the current backend has a kernel. */
export function hasKernel(name: string): boolean {
  const kernel = tf.getKernel(name, tf.getBackend()) as tf.KernelConfig | undefined;
  return kernel !== undefined;
}

export interface SparseMatrix {
  /** Row and column of each entry, shape [entry, 2]. */
  readonly entries: tf.Tensor2D;
  /** As many values as there are entries, in any shape. */
  readonly values: tf.Tensor;
  readonly shape: readonly [rows: number, columns: number];
}

/** `matrix`, or its transpose, times `dense`, on a backend that has {@link SPARSE_PRODUCT}. */
export function sparseProduct(
  { entries, values, shape }: SparseMatrix,
  dense: tf.Tensor2D,
  use: 'as-is' | 'transposed',
): tf.Tensor2D {
  const inputs = { entries, values: tf.reshape(values, [values.size]), dense };
  return tf.engine().runKernel(SPARSE_PRODUCT, inputs, { shape: [...shape], transposed: use === 'transposed' });
}

/**
 * The gradient of a ReLU: `gradient`, set to zero wherever the output of the ReLU is zero. This handles a dropout after
 * the ReLU as well, because dropped values are zero too.
 *
 * On backends without a kernel for it the gate is min(ceil(output), 1): `tf.step` is slow on the native backend;
 * `tf.greater` and `tf.where` are slow on wasm, and a cast to bool truncates fractions there.
 */
export function gateByOutput<T extends tf.Tensor>(gradient: T, output: T): T {
  return hasKernel(RELU_GRADIENT)
    ? tf.engine().runKernel(RELU_GRADIENT, { dy: gradient, y: output })
    : tf.mul(gradient, tf.clipByValue(tf.ceil(output), 0, 1));
}

/** The sum of a layer's gradient, shape [window, 1, time, channel], over all axes but the channels. */
export function biasGradient(gradient: tf.Tensor4D): tf.Tensor1D {
  return hasKernel(BIAS_GRADIENT) ? tf.engine().runKernel(BIAS_GRADIENT, { x: gradient }) : tf.sum(gradient, [0, 1, 2]);
}
