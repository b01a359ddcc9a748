/** The gradient that passes back through a ReLU. */

import * as tf from '@tensorflow/tfjs-core';
import { BIAS_GRADIENT, hasKernel, RELU_GRADIENT } from './kernels.js';

/**
 * `gradient`, zero wherever the ReLU's output is zero. It serves a dropout after the ReLU as well, because dropped
 * values are zero too.
 *
 * Without a kernel for it the gate is min(ceil(output), 1): `tf.step` is slow on the native backend, `tf.greater` and `tf.where` are slow on
 * wasm, and there a cast to bool cuts off what lies behind the decimal point.
 */
export function gateByOutput<T extends tf.Tensor>(gradient: T, output: T): T {
  return hasKernel(RELU_GRADIENT)
    ? tf.engine().runKernel(RELU_GRADIENT, { dy: gradient, y: output })
    : tf.mul(gradient, tf.clipByValue(tf.ceil(output), 0, 1));
}

/** The sum of a layer's gradient, [window, 1, time, channel], over all but the channels. */
export function biasGradient(gradient: tf.Tensor4D): tf.Tensor1D {
  return hasKernel(BIAS_GRADIENT) ? tf.engine().runKernel(BIAS_GRADIENT, { x: gradient }) : tf.sum(gradient, [0, 1, 2]);
}
