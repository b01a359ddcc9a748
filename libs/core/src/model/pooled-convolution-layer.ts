/**
 * The core's last layer: convolution + bias + ReLU + dropout + maximum over time, with a sparse way back.
 *
 * Only one time step per window and filter carries gradient, the one that held the maximum. So instead of two dense
 * convolutions, backward gathers the patch of x that each maximum was computed from (filter gradient: one weighted sum
 * of patches for each filter) and scatters the filters back to those places (input gradient).
 */

import * as tf from '@tensorflow/tfjs-core';
import {
  convolveDrop,
  dropoutScale,
  type ConvolutionParameters,
  type Layer,
  type LayerDropout,
} from './convolution-layer.js';
import { gateByOutput } from './gate.js';

/** Runs the layer on x, [window, 1, time, in]; the output is [window, filter]. */
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
      const rows = patchRows(timeOfMaximum, x.shape, parameters.kernel.shape);
      const gradient = tf.transpose(gateByOutput(outputGradient, output)); // [filter, window]
      return {
        kernel: () => tf.mul(sumOfPatches(x, gradient, rows, parameters.kernel.shape), scale),
        bias: () => tf.mul(tf.sum(gradient, 1), scale),
        input: () => scatterFilters(tf.mul(parameters.kernel, scale), gradient, rows, x.shape),
      };
    },
  };
}

type Shape4D = [number, number, number, number];

/**
 * The maxima, [window, filter], and the time steps that held them, in the same order. The ReLU keeps the order of the
 * values, so it waits until one time step is left; where it then makes a zero, no gradient asks for the time step.
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
    return tf.relu(maximumOverTime(signal));
  });
  return [output, times];
}

/** [window, 1, time, filter] -> [window, filter]. (`tf.max` transposes first on the wasm backend; pooling does not.) */
export function maximumOverTime(signal: tf.Tensor4D): tf.Tensor2D {
  const [windows, , length, filters] = signal.shape;
  return tf.reshape(tf.maxPool(signal, [1, length], 1, 'valid'), [windows, filters]);
}

/** Rows of x, seen as [window x time, in], that made up each maximum: [filter, window, kernel time]. */
function patchRows(timeOfMaximum: Int32Array, xShape: Shape4D, kernelShape: Shape4D): tf.Tensor2D {
  const [windows, , length] = xShape;
  const [, kernelTime, , filters] = kernelShape;
  const rows = new Int32Array(filters * windows * kernelTime);
  let next = 0;
  for (let filter = 0; filter < filters; filter++) {
    for (let window = 0; window < windows; window++) {
      const first = window * length + timeOfMaximum[window * filters + filter]!;
      for (let time = 0; time < kernelTime; time++) {
        rows[next++] = first + time;
      }
    }
  }
  return tf.tensor2d(rows, [rows.length, 1], 'int32');
}

/** For each filter the sum over windows of gradient x patch: [1, time, in, out]. */
function sumOfPatches(x: tf.Tensor4D, gradient: tf.Tensor2D, rows: tf.Tensor2D, kernelShape: Shape4D): tf.Tensor4D {
  const [windows, , length, channelsIn] = x.shape;
  const [, kernelTime, , filters] = kernelShape;
  const patches = tf.gatherND(tf.reshape(x, [windows * length, channelsIn]), rows);
  const sums = tf.matMul(
    tf.reshape(gradient, [filters, 1, windows]),
    tf.reshape(patches, [filters, windows, kernelTime * channelsIn]),
  );
  return tf.reshape(tf.transpose(tf.reshape(sums, [filters, kernelTime * channelsIn])), kernelShape);
}

/**
 * Adds gradient x filter at each maximum's place: [window, 1, time, in]. Window by window, so that what one window
 * writes stays in the cache.
 */
function scatterFilters(kernel: tf.Tensor4D, gradient: tf.Tensor2D, rows: tf.Tensor2D, xShape: Shape4D): tf.Tensor4D {
  const [windows, , length, channelsIn] = xShape;
  const [, kernelTime, , filters] = kernel.shape;
  const patchSize = kernelTime * channelsIn;
  const flatFilters = tf.transpose(tf.reshape(kernel, [patchSize, filters]));
  const contributions = tf.mul(tf.reshape(tf.transpose(gradient), [windows, filters, 1]), flatFilters);
  const rowsByWindow = tf.transpose(tf.reshape(rows, [filters, windows, kernelTime]), [1, 0, 2]);
  const scattered = tf.scatterND(
    tf.reshape(rowsByWindow, [rows.size, 1]),
    tf.reshape(contributions, [rows.size, channelsIn]),
    [windows * length, channelsIn],
  );
  return tf.reshape(scattered, xShape);
}
