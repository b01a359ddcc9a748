/**
 * The core's last layer: convolution + bias + ReLU + dropout + maximum over time, with a sparse backward pass.
 *
 * Only one time step per window and filter carries gradient, the one with the maximum. So instead of two dense
 * convolutions, the backward pass uses the {@link WinningPatches} alone.
 */

import * as tf from '@tensorflow/tfjs-core';
import {
  convolveDrop,
  dropoutScale,
  type ConvolutionParameters,
  type Layer,
  type LayerDropout,
} from './convolution-layer.js';
import { gateByOutput, hasKernel, SPARSE_PRODUCT } from './kernels.js';
import { gatheredPatches, type PatchShapes, type WinningPatches, sparsePatches } from './winning-patches.js';

/** Runs the layer on x, shape [window, 1, time, in]; the output has shape [window, filter]. */
export function pooledConvolutionLayer(
  x: tf.Tensor4D,
  parameters: ConvolutionParameters,
  dropout: LayerDropout | undefined,
): Layer<tf.Tensor2D> {
  const [output, timeOfMaximum] = convolveAndPool(x, parameters, dropout);
  return {
    output,
    backward: (outputGradient) => {
      const scale = dropoutScale(dropout);
      const gradient = gateByOutput(outputGradient, output);
      const patches = winningPatches(timeOfMaximum, gradient, { signal: x.shape, kernel: parameters.kernel.shape });
      return {
        kernel: () => tf.mul(patches.sum(x), scale),
        bias: () => tf.mul(tf.sum(gradient, 0), scale),
        input: () => patches.scatter(tf.mul(parameters.kernel, scale)),
      };
    },
  };
}

function winningPatches(timeOfMaximum: Int32Array, gradient: tf.Tensor2D, shapes: PatchShapes): WinningPatches {
  return hasKernel(SPARSE_PRODUCT)
    ? sparsePatches(timeOfMaximum, gradient, shapes)
    : gatheredPatches(timeOfMaximum, gradient, shapes);
}

/**
 * The maxima, shape [window, filter], and their time steps, in the same order. The ReLU preserves the order of the
 * values, so it is applied after the maximum; where it gives zero, no gradient uses the time step.
 */
function convolveAndPool(
  x: tf.Tensor4D,
  parameters: ConvolutionParameters,
  dropout: LayerDropout | undefined,
): [tf.Tensor2D, Int32Array] {
  let times = new Int32Array(0);
  const output = tf.tidy(() => {
    const signal = convolveDrop(x, parameters, { activation: 'linear', dropout });
    const [windows, , length, filters] = signal.shape;
    times = tf.argMax(tf.reshape(signal, [windows, length, filters]), 1).dataSync<'int32'>() as Int32Array<ArrayBuffer>;
    const places = times.map((time, index) => (((index / filters) | 0) * length + time) * filters + (index % filters));
    const maxima = tf.gather(tf.reshape(signal, [signal.size]), tf.tensor1d(places, 'int32'));
    return tf.relu(tf.reshape<tf.Rank.R2>(maxima, [windows, filters]));
  });
  return [output, times];
}

/**
 * Turns [window, 1, time, filter] into [window, filter]. (`tf.max` transposes first on the wasm backend; pooling does
 * not.)
 */
export function maximumOverTime(signal: tf.Tensor4D): tf.Tensor2D {
  const [windows, , length, filters] = signal.shape;
  return tf.reshape(tf.maxPool(signal, [1, length], 1, 'valid'), [windows, filters]);
}
