/** What the top layer's way back needs to know: which patches of its input held the maxima. */

import type * as tf from '@tensorflow/tfjs-core';

/** Shapes of a convolution. */
export interface PatchShapes {
  /** [window, 1, time, in] */
  readonly signal: [number, number, number, number];
  /** [1, time, in, out] */
  readonly kernel: [number, number, number, number];
}

/** The patches of a signal that the maxima were computed from, one for each window and filter, with their gradients. */
export interface WinningPatches {
  /** For each filter the sum over windows of gradient x patch: the kernel's gradient, [1, time, in, out]. */
  sum(signal: tf.Tensor4D): tf.Tensor4D;
  /** Adds gradient x filter at each patch's place: the signal's gradient, [window, 1, time, in]. */
  scatter(kernel: tf.Tensor4D): tf.Tensor4D;
}
