/** The type of a baseline: a classical method that learns centrally from labelled windows, without a network. */

import type { WindowedDataset } from '../data/windows.js';
import type { Rng } from '../math/random.js';

export interface BaselineTask {
  /** Windows to learn from, in g. */
  readonly train: WindowedDataset;
  /** Class of each window of `train`, shape [window]. */
  readonly classOf: Uint32Array;
  /** Number of classes. */
  readonly classes: number;
  /** Windows of other people, in g. */
  readonly test: WindowedDataset;
  readonly rng: Rng;
}

export interface Baseline {
  readonly name: string;
  /** Whether it needs windows of three channels, the axes of one accelerometer. */
  readonly needsAxes: boolean;
  /** Learns from `train` and predicts the class probabilities of `test`, shape [window, class]. */
  readonly predict: (task: BaselineTask) => Float64Array;
}
