/** Kernels that only some backends have. */

import * as tf from '@tensorflow/tfjs-core';

/**
 * The kernel that passes a gradient `dy` on where a ReLU's output `y` is positive, in one look at each. It is no kernel
 * of tfjs: a backend has it where somebody registered it.
 */
export const RELU_GRADIENT = 'ReluGrad';

/** Whether the current backend has a kernel. */
export function hasKernel(name: string): boolean {
  const kernel = tf.getKernel(name, tf.getBackend()) as tf.KernelConfig | undefined;
  return kernel !== undefined;
}
