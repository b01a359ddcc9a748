/** The patches of the top layer's input that gave the maxima, which is all that its backward pass needs. */

import type * as tf from '@tensorflow/tfjs-core';

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
