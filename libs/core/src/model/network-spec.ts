/** The structure of a network: plain data, part of the study. */

import type { WindowShape } from '../data/windows.js';
import type { HeadKind } from './head-kinds/head-kinds.js';
import type { SharingSpec } from './sharing-spec.js';

export interface ConvolutionSpec {
  readonly filters: number;
  /** Number of time steps that the filter spans. */
  readonly kernel: number;
}

/** A value for each head, keyed by the head's name. */
export type ByHead<T> = Readonly<Record<string, T>>;

/** A head on top of the core's features: dense ReLU, dense. */
export interface HeadSpec {
  readonly name: string;
  readonly kind: HeadKind;
  readonly outputs: readonly string[];
  /**
   * Number of hidden units of the head, or of each output in an `independent` head, which needs at least one. 0 is a
   * linear head: one dense layer directly on the features, or on the hidden layer that the heads share.
   */
  readonly hiddenUnits: number;
}

/** A core of 1-D convolutions (ReLU and dropout after each, maximum over time at the end) with heads on top. */
export interface NetworkSpec extends SharingSpec {
  readonly window: WindowShape;
  readonly convolutions: readonly ConvolutionSpec[];
  readonly dropoutRate: number;
  /** Weight of the squared convolution kernels in the loss. */
  readonly l2: number;
  readonly heads: readonly HeadSpec[];
}

/** Number of features of the core for a window; without a convolution the values of the window are the features. */
export function featureCount({ convolutions, window }: NetworkSpec): number {
  return convolutions.at(-1)?.filters ?? window.length * window.channels;
}
