/**
 * The structure of a network: plain data, part of the study. Its heads may share it in other ways than one core for
 * all and a hidden layer for each. A study chooses some of its sizes; those of the published model are here.
 */

import type { WindowShape } from '../data/windows.js';
import type { Issue } from '../errors.js';
import { didYouMean } from '../input-text.js';
import type { HeadKind } from './head-kinds/head-kinds.js';

/**
 * How a shared hidden layer learns which head a row is for: how the one-hot descriptor of the head is combined with the
 * features.
 */
export type DescriptorKind = 'concatenated' | 'added' | 'gated';

/** The hidden layer that all heads share, and how it is told which task it works for. */
export interface SharedHiddenSpec {
  readonly units: number;
  readonly descriptor: DescriptorKind;
}

/** A key that is absent changes nothing, neither layout nor bits. */
export interface SharingSpec {
  /**
   * Number of convolutions, from the bottom, that all heads share; each head has its own copies of the others. Absent:
   * all.
   */
  readonly sharedConvolutions?: number;
  /** λ: weight of the squared distances between the heads' own copies in the loss. */
  readonly softSharing?: number;
  /** One hidden layer for all heads, which then consist of an output layer only. */
  readonly sharedHidden?: SharedHiddenSpec;
}

/** One convolutional layer. */
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

/** Issues for those of `names` that are not in `heads`, where values are keyed by the names of heads. */
export function unknownHeads(names: readonly string[], heads: readonly string[]): readonly Issue[] {
  return names
    .filter((name) => !heads.includes(name))
    .map((name) => ({
      path: name,
      message: `expected one of ${heads.join(', ')}, found no such head${didYouMean(name, heads)}`,
    }));
}

/** The sizes of a model that a study can choose. */
export interface ModelPlan {
  readonly convolutions: readonly ConvolutionSpec[];
  readonly dropoutRate: number;
  readonly l2: number;
  readonly headUnits: { readonly activity: number; readonly transformation: number };
}

/** Length in time steps of the shortest window for these convolutions, which have no padding. */
export function reachOf({ convolutions }: Pick<ModelPlan, 'convolutions'>): number {
  return convolutions.reduce((length, { kernel }) => length + kernel - 1, 1);
}

/** The network of Tang et al. 2021, section 4.2. */
export const publishedModel: ModelPlan = {
  convolutions: [
    { filters: 32, kernel: 24 },
    { filters: 64, kernel: 16 },
    { filters: 96, kernel: 8 },
  ],
  dropoutRate: 0.1,
  l2: 1e-4,
  headUnits: { activity: 1024, transformation: 256 },
};
