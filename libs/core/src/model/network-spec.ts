/** What a network is made of: plain data, part of the study. */

import type { WindowShape } from '../data/windows.js';

export interface ConvolutionSpec {
  readonly filters: number;
  /** Time steps the filter spans. */
  readonly kernel: number;
}

/**
 * What a head answers, and what it learns by.
 * - `exclusive`: one of several classes (softmax, cross-entropy); a target row sums to 1.
 * - `independent`: several yes-or-no questions, each with hidden units of its own (sigmoid; the logistic losses are
 *   summed over the questions).
 * - `multi-label`: several yes-or-no questions on one hidden layer (sigmoid; the logistic losses are averaged over the
 *   questions). With one output: a binary label.
 * - `regression`: numbers (half the mean squared error).
 */
export type HeadKind = 'exclusive' | 'independent' | 'multi-label' | 'regression';

/** Something for each head, under the head's name. */
export type ByHead<T> = Readonly<Record<string, T>>;

/** A head on top of the core's features: dense ReLU, dense. */
export interface HeadSpec {
  readonly name: string;
  readonly kind: HeadKind;
  readonly outputs: readonly string[];
  /**
   * Hidden units of the head; of each output in an `independent` head, which needs some. 0: a linear head, one dense
   * layer straight on the features.
   */
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

/** Number of features the core gives for a window; without a convolution the window's own values are the features. */
export function featureCount({ convolutions, window }: NetworkSpec): number {
  return convolutions.at(-1)?.filters ?? window.length * window.channels;
}
