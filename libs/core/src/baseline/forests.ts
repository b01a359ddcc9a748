/** Random forests on hand-made features, with three answers to phones that lie in pockets in different ways. */

import type { WindowedDataset } from '../data/windows.js';
import type { Baseline, BaselineTask } from './baseline.js';
import { withCopies } from './copies.js';
import { rankFeatures } from './feature-table.js';
import { orientationFreeSignals } from './orientation-free-signals.js';
import { growForest, predictForest } from './random-forest.js';
import { windowFeatures, type FeatureRows } from './window-features.js';

/** About so many windows to learn from: eight copies of 800. Sixteen give the same figures. */
const WANTED_COPIES = 6400;

/** No answer: features of the channels as they are. */
export const forest: Baseline = {
  name: 'forest',
  needsAxes: false,
  predict: (task) => predictWithForest(task, (windows) => windowFeatures(windows)),
};

/** Further features, of signals that stay the same however the phone is turned. */
export const orientationFreeForest: Baseline = {
  name: 'forest-orientation-free',
  needsAxes: true,
  predict: (task) => predictWithForest(task, (windows) => windowFeatures(windows, orientationFreeSignals)),
};

/** Copies of the windows, as phones that lie in other ways would have measured them. */
export const forestOnCopies: Baseline = {
  name: 'forest-copies',
  needsAxes: true,
  predict: (task) => predictWithForest(withCopies(task, WANTED_COPIES), (windows) => windowFeatures(windows)),
};

function predictWithForest(
  { train, classOf, classes, test, rng }: BaselineTask,
  featuresOf: (windows: WindowedDataset) => FeatureRows,
): Float64Array {
  const { values, features } = featuresOf(train);
  const trees = growForest(rankFeatures({ values, features, classOf, classes }), rng);
  return predictForest(trees, featuresOf(test).values, { features, classes });
}
