/**
 * Convolution + bias + ReLU + dropout as one differentiable function, and 1-D convolution with its own implementation
 * of the gradients.
 *
 * y = mask · relu(x * k/q + b/q), where q is the keep rate: dropout's 1/q is folded into the small kernel and bias.
 * The backward pass needs x, k and y only, because where y is zero, the ReLU or the dropout stopped the gradient.
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
import type { Rng } from '../../math/random.js';
import type { DropoutMasks } from './dropout.js';
import { biasGradient, gateByOutput, hasKernel } from './kernels.js';

/** activation(x * kernel + bias), valid padding, stride 1. x: [window, 1, time, in]; kernel: [1, time, in, out]. */
function convolve(
  x: tf.Tensor4D,
  { kernel, bias }: { readonly kernel: tf.Tensor4D; readonly bias: tf.Tensor1D },
  activation: 'relu' | 'linear',
): tf.Tensor4D {
  return tf.fused.conv2d({ x, filter: kernel, bias, strides: 1, pad: 'valid', activation });
}

/** Gradient with respect to x, given the gradient of the convolution's output. */
function inputGradient(outputGradient: tf.Tensor4D, kernel: tf.Tensor4D): tf.Tensor4D {
  return tf.tidy(() => {
    const reach = kernel.shape[1] - 1;
    const reversed = tf.transpose(tf.reverse(kernel, 1), [0, 1, 3, 2]);
    return tf.conv2d(outputGradient, reversed, 1, [[0, 0], [0, 0], [reach, reach], [0, 0]]); // prettier-ignore
  });
}

/** Gradient with respect to the kernel: by the backend's own kernel where it has one, else with swapped axes. */
function filterGradient(x: tf.Tensor4D, outputGradient: tf.Tensor4D, kernelTime: number): tf.Tensor4D {
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

export interface ConvolutionParameters {
  /** Shape [1, time, in, out]. */
  readonly kernel: tf.Tensor4D;
  /** Shape [out]. */
  readonly bias: tf.Tensor1D;
}

/** Dropout of one layer in one training step. */
export interface LayerDropout {
  readonly masks: DropoutMasks;
  readonly rng: Rng;
}

/** The gradients of a layer; each is computed only when its function is called. */
export interface ConvolutionGradients {
  /** Shape [1, time, in, out]. */
  kernel(): tf.Tensor4D;
  /** Shape [out]. */
  bias(): tf.Tensor1D;
  /** Shape [window, 1, time, in]. */
  input(): tf.Tensor4D;
}

/** The result of running a layer forward, with the gradients that follow from the gradient of its output. */
export interface Layer<Output extends tf.Tensor> {
  readonly output: Output;
  backward(outputGradient: Output): ConvolutionGradients;
}

/** Runs the layer on x, shape [window, 1, time, in]. Without `dropout` nothing is dropped. */
export function convolutionLayer(
  x: tf.Tensor4D,
  parameters: ConvolutionParameters,
  dropout: LayerDropout | undefined,
): Layer<tf.Tensor4D> {
  const output = convolveDrop(x, parameters, { activation: 'relu', dropout });
  return {
    output,
    backward: (outputGradient) => {
      const scale = dropoutScale(dropout);
      const gradient = gateByOutput(outputGradient, output);
      return {
        kernel: () => tf.mul(filterGradient(x, gradient, parameters.kernel.shape[1]), scale),
        bias: () => tf.mul(biasGradient(gradient), scale),
        input: () => inputGradient(gradient, tf.mul(parameters.kernel, scale)),
      };
    },
  };
}

/** mask · activation(x * k/q + b/q). */
export function convolveDrop(
  x: tf.Tensor4D,
  { kernel, bias }: ConvolutionParameters,
  { activation, dropout }: { readonly activation: 'relu' | 'linear'; readonly dropout?: LayerDropout | undefined },
): tf.Tensor4D {
  return tf.tidy(() => {
    if (!dropout) {
      return convolve(x, { kernel, bias }, activation);
    }
    const scale = dropoutScale(dropout);
    const kept = convolve(x, { kernel: tf.mul(kernel, scale), bias: tf.mul(bias, scale) }, activation);
    const mask = tf.tensor(dropout.masks.next(kept.size, dropout.rng), kept.shape, 'bool');
    // Multiplies by the mask as numbers: `tf.where` is two hundred times slower on the wasm backend.
    return tf.mul(kept, tf.cast(mask, 'float32'));
  });
}

/** The factor of the values that are kept, so that their expectation does not change. */
export function dropoutScale(dropout: LayerDropout | undefined): number {
  return 1 / (dropout?.masks.keepRate ?? 1);
}
