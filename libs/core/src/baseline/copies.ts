/** Windows to learn from, as phones that lie otherwise in their pockets would have measured them. */

import type { SensorRecording } from '../data/recording.js';
import { windowCount, windowSamples, type WindowedDataset } from '../data/windows.js';
import type { BaselineTask } from './baseline.js';
import { createAugmentation } from './stopgap.js';

/** Degrees: about what a pocket or a belt gives, and less than what makes standing of sitting. */
const TURN = 20;

/**
 * The task with so many copies of each window to learn from: the window itself, and others that are mirrored at axes
 * drawn at random and turned a little about another. Their classes stay.
 */
export function withCopies(task: BaselineTask, copies: number): BaselineTask {
  const { train, classOf } = task;
  const { length, channels } = train.shape;
  const count = windowCount(train);
  const rng = task.rng.fork('copies');
  const augment = createAugmentation({ mirror: true, turn: TURN });
  const samples = new Float32Array(copies * count * length * channels);
  for (let row = 0; row < copies * count; row++) {
    const into = samples.subarray(row * length * channels, (row + 1) * length * channels);
    const window = windowSamples(train, row % count);
    if (row < count) {
      into.set(window);
    } else {
      augment(window, into, train.shape, rng);
    }
  }
  const recording: SensorRecording = { ...train.recordings[0]!, samples };
  return {
    ...task,
    train: {
      shape: train.shape,
      recordings: [recording],
      recordingOf: new Uint32Array(copies * count),
      startOf: Uint32Array.from({ length: copies * count }, (_, row) => row * length),
    },
    classOf: Uint32Array.from({ length: copies * count }, (_, row) => classOf[row % count]!),
  };
}
