/**
 * What a network learns from: windows, and the versions of them that transformations make. Versions exist only inside
 * a batch; a set of a hundred thousand windows takes no more memory than its recordings.
 */

import { transformations } from '../augment/transformations.js';
import type { TransformationName } from '../augment/transformation.js';
import { windowCount, windowSamples, type WindowedDataset } from '../data/windows.js';
import type { Rng } from '../math/random.js';
import type { Batch } from '../model/network.js';

export interface TrainingSet {
  /** Labels, where there are any, are the activity head's targets. */
  readonly windows: WindowedDataset;
  /** Each window is learned from as it is and once through each of these; none: as it is only. */
  readonly transformations: readonly TransformationName[];
}

/** Windows and all their versions (the transformation set of Saeed et al. 2019): n originals and n versions of each. */
export function exampleCount({ windows, transformations: names }: TrainingSet): number {
  return windowCount(windows) * (names.length + 1);
}

/**
 * The examples with the given numbers as a batch. Example e is version e mod (k + 1) of window floor(e / (k + 1));
 * version 0 is the window itself.
 *
 * @param rng - Each example draws from a stream of its own, named by its number.
 */
export function makeBatch(set: TrainingSet, examples: Uint32Array, rng: Rng): Batch {
  const { windows, transformations: names } = set;
  const versions = names.length + 1;
  const size = windows.shape.length * windows.shape.channels;
  const values = new Float32Array(examples.length * size);
  examples.forEach((example, row) => {
    const samples = windowSamples(windows, Math.floor(example / versions));
    const into = values.subarray(row * size, (row + 1) * size);
    const version = example % versions;
    if (version === 0) {
      into.set(samples);
    } else {
      transformations[names[version - 1]!](samples, into, windows.shape, rng.fork(example));
    }
  });
  return { values, targets: { ...activityTargets(set, examples), ...transformationTargets(set, examples) } };
}

/** A version keeps the activity of its window. */
function activityTargets({ windows, transformations: names }: TrainingSet, examples: Uint32Array): Batch['targets'] {
  const { labels } = windows;
  if (!labels) {
    return {};
  }
  const classes = labels.length / windowCount(windows);
  const activity = new Float32Array(examples.length * classes);
  examples.forEach((example, row) => {
    const window = Math.floor(example / (names.length + 1));
    activity.set(labels.subarray(window * classes, (window + 1) * classes), row * classes);
  });
  return { activity };
}

/** One question for each transformation: did this example go through it? */
function transformationTargets({ transformations: names }: TrainingSet, examples: Uint32Array): Batch['targets'] {
  if (names.length === 0) {
    return {};
  }
  const targets = new Float32Array(examples.length * names.length);
  examples.forEach((example, row) => {
    const version = example % (names.length + 1);
    if (version > 0) {
      targets[row * names.length + version - 1] = 1;
    }
  });
  return { transformations: targets };
}
