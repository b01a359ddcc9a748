/** Kernels that only some backends have. Those that do not belong to tfjs exist only where they were registered. */

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
