/**
 * {@link WinningPatches} by products with a sparse matrix S, shape [window x signal time, filter x kernel time], which
 * holds the gradient of a window and filter once for each time step of the patch. The signal's gradient is S times the
 * filters, the filters' gradient is S transposed times the signal.
 */

import * as tf from '@tensorflow/tfjs-core';
import { sparseProduct } from './kernels.js';
import type { PatchShapes, WinningPatches } from './winning-patches.js';

/**
 * @param timeOfMaximum - Shape [window, filter]
 * @param gradient - Shape [window, filter]
 */
export function sparsePatches(timeOfMaximum: Int32Array, gradient: tf.Tensor2D, shapes: PatchShapes): WinningPatches {
  const [windows, , length, channelsIn] = shapes.signal;
  const [, kernelTime, , filters] = shapes.kernel;
  const entries = patchEntries(timeOfMaximum, shapes);
  const values = tf.tile(tf.reshape(gradient, [gradient.size, 1]), [1, kernelTime]);
  const matrix = { entries, values, shape: [windows * length, filters * kernelTime] } as const;
  return {
    sum: (signal) => {
      const sums = sparseProduct(matrix, tf.reshape(signal, [windows * length, channelsIn]), 'transposed');
      return tf.transpose(tf.reshape(sums, [1, filters, kernelTime, channelsIn]), [0, 2, 3, 1]);
    },
    scatter: (kernel) => {
      const flat = tf.reshape<tf.Rank.R2>(tf.transpose(kernel, [0, 3, 1, 2]), [filters * kernelTime, channelsIn]);
      return tf.reshape(sparseProduct(matrix, flat, 'as-is'), shapes.signal);
    },
  };
}

/** Row and column of each entry, window by window; shape [window x filter x kernel time, 2]. */
function patchEntries(timeOfMaximum: Int32Array, { signal, kernel }: PatchShapes): tf.Tensor2D {
  const [, , length] = signal;
  const [, kernelTime, , filters] = kernel;
  const entries = new Int32Array(timeOfMaximum.length * kernelTime * 2);
  let next = 0;
  for (let index = 0; index < timeOfMaximum.length; index++) {
    const filter = index % filters;
    const firstRow = ((index - filter) / filters) * length + timeOfMaximum[index]!;
    for (let time = 0; time < kernelTime; time++) {
      entries[next++] = firstRow + time;
      entries[next++] = filter * kernelTime + time;
    }
  }
  return tf.tensor2d(entries, [entries.length / 2, 2], 'int32');
}
