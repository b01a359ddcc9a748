/** What a network is made of: plain data, part of the study. */

import type { WindowShape } from '../data/windows.js';

export interface ConvolutionSpec {
  readonly filters: number;
  /** Time steps the filter spans. */
  readonly kernel: number;
}

/**
 * A head on top of the core's features.
 * - `exclusive`: one of several classes (dense ReLU, dense, softmax); a target row sums to 1.
 * - `independent`: several yes-or-no questions, each with hidden units of its own (dense ReLU, dense 1, sigmoid).
 */
export interface HeadSpec {
  readonly name: string;
  readonly kind: 'exclusive' | 'independent';
  readonly outputs: readonly string[];
  /** Hidden units of the head; of each output in an `independent` head. */
  readonly hiddenUnits: number;
}

/** A shared core of 1-D convolutions (ReLU and dropout after each, maximum over time at the end) with heads on it. */
export interface NetworkSpec {
  readonly window: WindowShape;
  readonly convolutions: readonly ConvolutionSpec[];
  readonly dropoutRate: number;
  /** Weight of the squared convolution kernels in the loss. */
  readonly l2: number;
  readonly heads: readonly HeadSpec[];
}

/** Number of features the core gives for a window. */
export function featureCount(spec: NetworkSpec): number {
  return spec.convolutions.at(-1)?.filters ?? 0;
}
