/** The gradient of a ReLU. */

import * as tf from '@tensorflow/tfjs-core';
import { BIAS_GRADIENT, hasKernel, RELU_GRADIENT } from './kernels.js';

/**
 * `gradient`, set to zero wherever the output of the ReLU is zero. This handles a dropout after the ReLU as well,
 * because dropped values are zero too.
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
