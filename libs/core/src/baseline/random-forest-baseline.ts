/** What a study has to beat: hand-made features and a random forest, all labelled windows in one place. */

import { windowCount, type WindowedDataset } from '../data/windows.js';
import { InvalidInput } from '../errors.js';
import { createRng } from '../math/random.js';
import { evaluateClassification } from '../metrics/classification.js';
import type { Evaluation } from '../metrics/evaluation.js';
import { mostProbable } from '../metrics/probabilities.js';
import { rankFeatures } from './feature-table.js';
import { growForest, predictForest } from './random-forest.js';
import { featureCount, windowFeatures } from './window-features.js';

export interface BaselineOptions {
  /** Labelled windows to learn from. */
  readonly train: WindowedDataset;
  /** Labelled windows of other people. */
  readonly test: WindowedDataset;
  /** The classes of the labels, in their order. */
  readonly activities: readonly string[];
  readonly seed: number;
}

/**
 * The figures of a random forest of 100 trees on features of the test windows. The same seed gives the same figures.
 *
 * @throws InvalidInput when training or test windows are missing, have no labels, or differ in their channels.
 *
 * @example
 * randomForestBaseline({ train, test, activities: ['sitting', 'walking'], seed: 1 }).weightedF1;
 */
export function randomForestBaseline({ train, test, activities, seed }: BaselineOptions): Evaluation {
  requireSameChannels(train, test);
  const rng = createRng(seed).fork('random-forest');
  const classes = activities.length;
  const features = featureCount(train.shape.channels);
  const classOf = classesOf('train', train, classes);
  const truth = classesOf('test', test, classes);
  const table = rankFeatures({ values: windowFeatures(train), features, classOf, classes });
  return evaluateClassification({
    truth,
    probabilities: predictForest(growForest(table, rng), windowFeatures(test), table),
    classes: activities,
    people: {
      ofWindow: Array.from(test.recordingOf, (recording) => test.recordings[recording]!.subject),
      rng: rng.fork('resamples'),
    },
  });
}

/** [window]; the class with the highest label. */
function classesOf(path: string, windows: WindowedDataset, classes: number): Uint32Array {
  const count = windowCount(windows);
  const { labels } = windows;
  if (count === 0 || labels?.length !== count * classes) {
    const found = labels ? `${labels.length} numbers for ${count} windows` : `${count} windows without labels`;
    throw new InvalidInput('random forest', [
      { path, message: `expected windows with labels of ${classes} activities, found ${found}` },
    ]);
  }
  return Uint32Array.from({ length: count }, (_, window) => mostProbable(labels, window, classes));
}

function requireSameChannels(train: WindowedDataset, test: WindowedDataset): void {
  const [expected, found] = [train.shape.channels, test.shape.channels];
  if (expected !== found) {
    const message = `expected ${expected} channels, as many as in train, found ${found}`;
    throw new InvalidInput('random forest', [{ path: 'test', message }]);
  }
}
