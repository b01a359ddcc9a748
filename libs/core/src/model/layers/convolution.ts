/**
 * 1-D convolution with its own implementation of the gradients.
 *
 * The gradients of tfjs do not suffice: the wasm backend has no filter-gradient kernel, and its input-gradient kernel
 * is ten times slower than a forward convolution. Both gradients are computed as forward convolutions: of the padded
 * output gradient with the reversed filter (input), and of the input with the output gradient with swapped batch and
 * channel axes (filter).
 *
 * Signals are [window, 1, time, channel]: using the width of an image for time is three times faster on the native
 * backend than using its height.
 */

import * as tf from '@tensorflow/tfjs-core';
import { hasKernel } from './kernels.js';

/** activation(x * kernel + bias), valid padding, stride 1. x: [window, 1, time, in]; kernel: [1, time, in, out]. */
export function convolve(
  x: tf.Tensor4D,
  { kernel, bias }: { readonly kernel: tf.Tensor4D; readonly bias: tf.Tensor1D },
  activation: 'relu' | 'linear',
): tf.Tensor4D {
  return tf.fused.conv2d({ x, filter: kernel, bias, strides: 1, pad: 'valid', activation });
}

/** Gradient with respect to x, given the gradient of the convolution's output. */
export function inputGradient(outputGradient: tf.Tensor4D, kernel: tf.Tensor4D): tf.Tensor4D {
  return tf.tidy(() => {
    const reach = kernel.shape[1] - 1;
    const reversed = tf.transpose(tf.reverse(kernel, 1), [0, 1, 3, 2]);
    return tf.conv2d(outputGradient, reversed, 1, [[0, 0], [0, 0], [reach, reach], [0, 0]]); // prettier-ignore
  });
}

/** Gradient with respect to the kernel: by the backend's own kernel where it has one, else with swapped axes. */
export function filterGradient(x: tf.Tensor4D, outputGradient: tf.Tensor4D, kernelTime: number): tf.Tensor4D {
  const [, , , channelsIn] = x.shape;
  const [, , , channelsOut] = outputGradient.shape;
  const filterShape: [number, number, number, number] = [1, kernelTime, channelsIn, channelsOut];
  if (hasKernel(tf.Conv2DBackpropFilter)) {
    const attributes = { strides: 1, pad: 'valid', dataFormat: 'NHWC', filterShape };
    return tf.engine().runKernel(tf.Conv2DBackpropFilter, { x, dy: outputGradient }, attributes);
  }
  return filterGradientWithSwappedRoles(x, outputGradient, filterShape);
}

function filterGradientWithSwappedRoles(
  x: tf.Tensor4D,
  outputGradient: tf.Tensor4D,
  filterShape: [number, number, number, number],
): tf.Tensor4D {
  return tf.tidy(() => {
    const signal = tf.transpose(x, [3, 1, 2, 0]); // [in, 1, time, window]
    const filter = tf.transpose(outputGradient, [1, 2, 0, 3]); // [1, time, window, out]
    const gradient = tf.conv2d(signal, filter, 1, 'valid'); // [in, 1, kernel, out]
    return tf.reshape(tf.transpose(gradient, [1, 2, 0, 3]), filterShape);
  });
}
