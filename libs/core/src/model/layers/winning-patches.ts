/**
 * The patches of the top layer's input that gave the maxima, which is all that its backward pass needs. They are
 * computed by gathering rows and scattering them back, which every backend supports, or by products with a sparse
 * matrix.
 */

import * as tf from '@tensorflow/tfjs-core';
import { sparseProduct } from './kernels.js';

/** Shapes of a convolution. */
export interface PatchShapes {
  /** Shape [window, 1, time, in]. */
  readonly signal: [number, number, number, number];
  /** Shape [1, time, in, out]. */
  readonly kernel: [number, number, number, number];
}

/** The patches of a signal that the maxima were computed from, one for each window and filter, with their gradients. */
export interface WinningPatches {
  /** The sum of gradient x patch over windows for each filter: the kernel's gradient, shape [1, time, in, out]. */
  sum(signal: tf.Tensor4D): tf.Tensor4D;
  /** Adds gradient x filter at the position of each patch: the signal's gradient, shape [window, 1, time, in]. */
  scatter(kernel: tf.Tensor4D): tf.Tensor4D;
}

/**
 * The patches by gathering rows and scattering them back, which every backend supports.
 *
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

/**
 * The patches by products with a sparse matrix S, shape [window x signal time, filter x kernel time], which holds the
 * gradient of a window and filter once for each time step of the patch. The signal's gradient is S times the filters,
 * the filters' gradient is S transposed times the signal.
 *
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
