/** Random forests on hand-made features, with three answers to a phone that lies otherwise in another pocket. */

import { withCopies } from './copies.js';
import { orientationFreeSignals } from './orientation-free-signals.js';
import type { WindowedDataset } from '../data/windows.js';
import type { Baseline, BaselineTask } from './baseline.js';
import { rankFeatures } from './feature-table.js';
import { growForest, predictForest } from './random-forest.js';
import { windowFeatures, type FeatureRows } from './window-features.js';

/** None: features of the channels as they are. */
export const forest: Baseline = {
  name: 'forest',
  needsAxes: false,
  predict: (task) => predictWithForest(task, windowFeatures),
};

/** Further features, of signals that stay the same however the phone lies. */
export const orientationFreeForest: Baseline = {
  name: 'forest-orientation-free',
  needsAxes: true,
  predict: (task) => predictWithForest(task, (windows) => windowFeatures(windows, orientationFreeSignals)),
};

/** Copies of the windows, as a phone that lies otherwise would have measured them. */
export const forestOnCopies: Baseline = {
  name: 'forest-copies',
  needsAxes: true,
  predict: (task) => predictWithForest(withCopies(task, COPIES), windowFeatures),
};

const COPIES = Number(process.env.COPIES ?? 16);

function predictWithForest(
  { train, classOf, classes, test, rng }: BaselineTask,
  featuresOf: (windows: WindowedDataset) => FeatureRows,
): Float64Array {
  const { values, features } = featuresOf(train);
  const forest = growForest(rankFeatures({ values, features, classOf, classes }), rng);
  return predictForest(forest, featuresOf(test).values, { features, classes });
}
