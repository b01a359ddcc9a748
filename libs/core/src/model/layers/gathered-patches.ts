/** {@link WinningPatches} by gathering rows and scattering them back, which every backend supports. */

import * as tf from '@tensorflow/tfjs-core';
import type { PatchShapes, WinningPatches } from './winning-patches.js';

/**
 * @param timeOfMaximum - Shape [window, filter]
 * @param gradient - Shape [window, filter]
 */
export function gatheredPatches(timeOfMaximum: Int32Array, gradient: tf.Tensor2D, shapes: PatchShapes): WinningPatches {
  const rows = patchRows(timeOfMaximum, shapes);
  return {
    sum: (signal) => sumOfPatches(signal, gradient, rows, shapes),
    scatter: (kernel) => scatterFilters(kernel, gradient, rows, shapes),
  };
}

/**
 * Rows of the signal, seen as [window x time, in], from which each maximum was computed; order [filter, window, kernel
 * time].
 */
function patchRows(timeOfMaximum: Int32Array, { signal, kernel }: PatchShapes): tf.Tensor2D {
  const [windows, , length] = signal;
  const [, kernelTime, , filters] = kernel;
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

function sumOfPatches(signal: tf.Tensor4D, gradient: tf.Tensor2D, rows: tf.Tensor2D, shapes: PatchShapes): tf.Tensor4D {
  const [windows, , length, channelsIn] = shapes.signal;
  const [, kernelTime, , filters] = shapes.kernel;
  const patches = tf.gatherND(tf.reshape(signal, [windows * length, channelsIn]), rows);
  const sums = tf.matMul(
    tf.reshape(tf.transpose(gradient), [filters, 1, windows]),
    tf.reshape(patches, [filters, windows, kernelTime * channelsIn]),
  );
  return tf.reshape(tf.transpose(tf.reshape(sums, [filters, kernelTime * channelsIn])), shapes.kernel);
}

/** Goes window by window, so that what one window writes stays in the cache. */
function scatterFilters(
  kernel: tf.Tensor4D,
  gradient: tf.Tensor2D,
  rows: tf.Tensor2D,
  shapes: PatchShapes,
): tf.Tensor4D {
  const [windows, , length, channelsIn] = shapes.signal;
  const [, kernelTime, , filters] = shapes.kernel;
  const patchSize = kernelTime * channelsIn;
  const flatFilters = tf.transpose(tf.reshape(kernel, [patchSize, filters]));
  const contributions = tf.mul(tf.reshape(gradient, [windows, filters, 1]), flatFilters);
  const rowsByWindow = tf.transpose(tf.reshape(rows, [filters, windows, kernelTime]), [1, 0, 2]);
  const scattered = tf.scatterND(
    tf.reshape(rowsByWindow, [rows.size, 1]),
    tf.reshape(contributions, [rows.size, channelsIn]),
    [windows * length, channelsIn],
  );
  return tf.reshape(scattered, shapes.signal);
}
