/** What a network is made of: plain data, part of the study. */

import type { WindowShape } from '../data/windows.js';
import type { HeadKind } from './head-kinds/head-kinds.js';
import type { SharingSpec } from './sharing-spec.js';

export interface ConvolutionSpec {
  readonly filters: number;
  /** Time steps the filter spans. */
  readonly kernel: number;
}

/** Something for each head, under the head's name. */
export type ByHead<T> = Readonly<Record<string, T>>;

/** A head on top of the core's features: dense ReLU, dense. */
export interface HeadSpec {
  readonly name: string;
  readonly kind: HeadKind;
  readonly outputs: readonly string[];
  /**
   * Hidden units of the head; of each output in an `independent` head, which needs some. 0: a linear head, one dense
   * layer straight on the features, or on the hidden layer that the heads share.
   */
  readonly hiddenUnits: number;
}

/** A core of 1-D convolutions (ReLU and dropout after each, maximum over time at the end) with heads on it. */
export interface NetworkSpec extends SharingSpec {
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
