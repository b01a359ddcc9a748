/**
 * Random forests on hand-made features, with three ways to handle phones that lie in pockets in different orientations.
 */

import type { WindowedDataset } from '../data/windows.js';
import { writeInputs } from '../inputs/window-inputs.js';
import { type Baseline, type BaselineTask, withCopies } from './baseline.js';
import { rankFeatures } from './feature-table.js';
import { growForest, predictForest } from './random-forest.js';
import { type FeatureRows, type Signals, signalsOf, windowFeatures } from './window-features.js';

/** Approximate number of training windows: eight copies of 800. Sixteen give the same figures. */
const WANTED_COPIES = 6400;

/** Does not handle orientation: features of the channels as they are. */
export const forest: Baseline = {
  name: 'forest',
  needsAxes: false,
  predict: (task) => predictWithForest(task, (windows) => windowFeatures(windows)),
};

/** Adds features of signals that do not depend on how the phone is turned. */
export const orientationFreeForest: Baseline = {
  name: 'forest-orientation-free',
  needsAxes: true,
  predict: (task) => predictWithForest(task, (windows) => windowFeatures(windows, orientationFreeSignals)),
};

/** Learns from copies of the windows, as phones that lie in other ways would have measured them. */
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

/** In g, not normalised. */
const derived = (['magnitude', 'vertical', 'horizontal'] as const).map((name) => ({ name, centre: 0, scale: 1 }));
const normalisation = { mean: [0, 0, 0], standardDeviation: [1, 1, 1] };
// None of these derived channels depends on the sampling rate.
const source = { channels: ['x', 'y', 'z'], sampleRateHz: 1, inputs: { normalisation, derived } };

/**
 * Signals that do not depend on how the phone is turned, as long as its orientation is constant during a window:
 * magnitude, vertical and horizontal part of the acceleration a, and its change |a(t + 1) - a(t)|, which is 0 at the
 * last time step. In g.
 *
 * @param samples - Shape [time, axis], in g.
 */
export function orientationFreeSignals(samples: Float32Array): Signals {
  const inputs = new Float32Array(2 * samples.length);
  writeInputs(samples, source, inputs);
  return [...signalsOf(inputs, 6).slice(3), changesOf(samples)];
}

function changesOf(samples: Float32Array): Float64Array {
  const changes = new Float64Array(samples.length / 3);
  for (let at = 0; at + 3 < samples.length; at += 3) {
    const [x, y, z] = [
      samples[at + 3]! - samples[at]!,
      samples[at + 4]! - samples[at + 1]!,
      samples[at + 5]! - samples[at + 2]!,
    ];
    changes[at / 3] = Math.sqrt(x * x + y * y + z * z);
  }
  return changes;
}
