/**
 * Evaluation of the baselines that a study has to beat: classical methods that learn centrally from all labelled
 * windows.
 */

import { windowCount, type WindowedDataset, type WindowShape } from '../data/windows.js';
import { InvalidInput } from '../errors.js';
import { createRng } from '../math/random.js';
import { evaluateClassification } from '../metrics/classification.js';
import type { Evaluation } from '../metrics/evaluation.js';
import { mostProbable } from '../metrics/probabilities.js';
import type { Baseline } from './baseline.js';
import { forest, forestOnCopies, orientationFreeForest } from './forests.js';
import { randomKernels } from './random-kernels.js';

/** All baselines, simplest first. To add one, write its file and add a line here. */
const allBaselines: readonly Baseline[] = [forest, orientationFreeForest, forestOnCopies, randomKernels];

export interface BaselineOptions {
  /** Labelled windows to learn from, in g. */
  readonly train: WindowedDataset;
  /** Labelled windows of other people, in g. */
  readonly test: WindowedDataset;
  /** The classes of the labels, in their order. */
  readonly activities: readonly string[];
  readonly seed: number;
  /** Names of the baselines to run; if absent, all that the channels allow. */
  readonly names?: readonly string[];
}

export interface BaselineResult {
  readonly name: string;
  /** Evaluation on the test windows. */
  readonly evaluation: Evaluation;
}

/**
 * Evaluates the baselines on the test windows, one at a time, so that the caller can measure the time and stop. The
 * same seed gives the same figures, whichever others run. Unless there are three channels, the axes of one
 * accelerometer, only `forest` runs: see {@link skippedBaselines}.
 *
 * @throws InvalidInput when training or test windows are missing, have no labels, or differ in their channels.
 *
 * @example
 * for (const { name, evaluation } of evaluateBaselines({ train, test, activities: ['sitting', 'walking'], seed: 1 })) …
 */
export function* evaluateBaselines(options: BaselineOptions): Generator<BaselineResult> {
  const { train, test, activities, seed, names } = options;
  requireSameChannels(train, test);
  const classes = activities.length;
  const classOf = classesOf('train', train, classes);
  const truth = classesOf('test', test, classes);
  for (const { name, predict } of allBaselines.filter(fitting(train.shape))) {
    if (names?.includes(name) ?? true) {
      const rng = createRng(seed).fork(name);
      const evaluation = evaluateClassification({
        truth,
        probabilities: predict({ train, classOf, classes, test, rng }),
        classes: activities,
        people: {
          ofWindow: Array.from(test.recordingOf, (recording) => test.recordings[recording]!.subject),
          rng: rng.fork('resamples'),
        },
      });
      yield { name, evaluation };
    }
  }
}

/** The names of the baselines that cannot run on windows of such a shape. */
export function skippedBaselines(shape: Pick<WindowShape, 'channels'>): readonly string[] {
  const fits = fitting(shape);
  return allBaselines.filter((baseline) => !fits(baseline)).map(({ name }) => name);
}

function fitting({ channels }: Pick<WindowShape, 'channels'>): (baseline: Baseline) => boolean {
  return ({ needsAxes }) => !needsAxes || channels === 3;
}

/** The class with the highest label of each window, shape [window]. */
function classesOf(path: string, windows: WindowedDataset, classes: number): Uint32Array {
  const count = windowCount(windows);
  const { labels } = windows;
  if (count === 0 || labels?.length !== count * classes) {
    const found = labels ? `${labels.length} numbers for ${count} windows` : `${count} windows without labels`;
    throw new InvalidInput('baselines', [
      { path, message: `expected windows with labels of ${classes} activities, found ${found}` },
    ]);
  }
  return Uint32Array.from({ length: count }, (_, window) => mostProbable(labels, window, classes));
}

function requireSameChannels(train: WindowedDataset, test: WindowedDataset): void {
  const [expected, found] = [train.shape.channels, test.shape.channels];
  if (expected !== found) {
    const message = `expected ${expected} channels, as many as in train, found ${found}`;
    throw new InvalidInput('baselines', [{ path: 'test', message }]);
  }
}
