/**
 * The type of a baseline: a classical method that learns centrally from labelled windows, without a network. Its
 * training windows can be copied as phones that lie in their pockets in other ways would have measured them.
 */

import { createAugmentation } from '../augment/augmentation.js';
import type { SensorRecording } from '../data/recording.js';
import { type WindowedDataset, windowCount, windowSamples } from '../data/windows.js';
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

/** A phone may lie the other way round, and a little askew, by at most this many degrees. */
const augment = createAugmentation({ mirror: true, turn: 20 });

/** Number of copies of each window, the original included. */
const MIN_COPIES = 2;
const MAX_COPIES = 16;

/**
 * The task with several copies of each training window, about `wanted` windows in all and from 2 to 16 of each: the
 * window itself, and versions that are mirrored at random axes and rotated a little. Their classes are kept.
 */
export function withCopies(task: BaselineTask, wanted: number): BaselineTask {
  const { train, classOf, rng } = task;
  const count = windowCount(train);
  const copies = Math.min(MAX_COPIES, Math.max(MIN_COPIES, Math.round(wanted / count)));
  const rows = Uint32Array.from({ length: copies * count }, (_, row) => row % count);
  return {
    ...task,
    train: {
      shape: train.shape,
      recordings: [copied(train, rows, rng.fork('copies'))],
      recordingOf: new Uint32Array(rows.length),
      startOf: Uint32Array.from(rows.keys(), (row) => row * train.shape.length),
    },
    classOf: rows.map((window) => classOf[window]!),
  };
}

/** The windows one after the other in a single recording; all copies of a window but the first are augmented. */
function copied(train: WindowedDataset, windows: Uint32Array, rng: Rng): SensorRecording {
  const { length, channels } = train.shape;
  const size = length * channels;
  const samples = new Float32Array(windows.length * size);
  windows.forEach((window, row) => {
    const into = samples.subarray(row * size, (row + 1) * size);
    if (row < windowCount(train)) {
      into.set(windowSamples(train, window));
    } else {
      augment(windowSamples(train, window), into, train.shape, rng);
    }
  });
  const { subject, source, sampleRateHz, channels: names } = train.recordings[0]!;
  return { subject, source, sampleRateHz, channels: names, samples };
}
