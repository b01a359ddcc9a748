/**
 * The training set of a network: windows, and the versions of them that transformations make. Versions exist only
 * inside a batch, so a set of a hundred thousand windows takes no more memory than its recordings. The number of steps
 * of a training follows from it and the plan; both sides of a federation can compute it from the plan and the number
 * of windows.
 */

import { createAugmentation, type AugmentPlan } from '../../augment/augmentation.js';
import { axesTransformations, type TransformationName } from '../../augment/transformation.js';
import { transformations } from '../../augment/transformations.js';
import { inputShape, windowCount, windowSamples, writeWindowInputs, type WindowedDataset } from '../../data/windows.js';
import type { LocalSteps } from '../../federated/strategy.js';
import type { Rng } from '../../math/random.js';
import type { ByHead } from '../../model/network-spec.js';
import type { Batch } from '../../model/network.js';
import type { LocalPlan, TrainingLength } from '../plan.js';

export interface TrainingSet {
  /** The windows. Labels, if present, are the activity head's targets; a row of NaN is a missing label. */
  readonly windows: WindowedDataset;
  /** Targets of further heads, shape [window, output]; NaN is a missing label. */
  readonly labels?: ByHead<Float32Array>;
  /** Transformations that make versions of a window; if empty, only the windows themselves are used. */
  readonly transformations: readonly TransformationName[];
  /**
   * `each`, the default: the training set has the window itself and one version by each transformation, and which
   * transformation it was is a target. `drawn`: each pass uses the window once, through one transformation drawn at
   * random.
   */
  readonly versions?: 'each' | 'drawn';
  /** Label-preserving augmentation of each example, drawn anew each time and applied before its transformation. */
  readonly augment?: AugmentPlan;
  /** Weight of each window in the activity head's loss, shape [window]; all 1 where absent. */
  readonly weights?: Float32Array;
}

/**
 * Number of windows and versions (as in the transformation set of Saeed et al. 2019: n originals and n versions for
 * each transformation).
 */
export function exampleCount(set: TrainingSet): number {
  return windowCount(set.windows) * examplesOfWindow(set);
}

/** Number of examples of each window: itself and its versions, or one drawn version. */
function examplesOfWindow({
  transformations: names,
  versions,
}: Pick<TrainingSet, 'transformations' | 'versions'>): number {
  return versions === 'drawn' ? 1 : names.length + 1;
}

/**
 * The examples with the given indices as a batch. With k transformations, example e is version e mod (k + 1) of window
 * floor(e / (k + 1)); version 0 is the window itself. Where versions are drawn, example e is a version of window e.
 *
 * @param rng - Each example draws from a stream of its own, named by its index.
 */
export function makeBatch(set: TrainingSet, examples: Uint32Array, rng: Rng): Batch {
  const { length, channels } = inputShape(set.windows);
  const size = length * channels;
  const values = new Float32Array(examples.length * size);
  const write = exampleWriter(set);
  examples.forEach((example, row) => {
    write(example, values.subarray(row * size, (row + 1) * size), rng.fork(example));
  });
  const windowOf = examples.map((example) => Math.floor(example / examplesOfWindow(set)));
  return {
    values,
    targets: { ...labelTargets(set, windowOf), ...transformationTargets(set, examples) },
    ...activityWeights(set, windowOf),
  };
}

/**
 * Writes an example's inputs over `into`: the window in g is augmented and, if its transformation acts on the axes,
 * transformed; then the inputs are computed from these samples; then transformations that act on inputs are applied.
 */
function exampleWriter(set: TrainingSet): (example: number, into: Float32Array, rng: Rng) => void {
  const { windows } = set;
  const { shape } = windows;
  const inputs = inputShape(windows);
  const augment = set.augment && createAugmentation(set.augment);
  const augmented = new Float32Array(shape.length * shape.channels);
  const transformed = new Float32Array(Math.max(augmented.length, inputs.length * inputs.channels));
  const turned = transformed.subarray(0, augmented.length);
  return (example, into, rng) => {
    const window = Math.floor(example / examplesOfWindow(set));
    const name = versionOf(set, example, rng);
    let samples = windowSamples(windows, window);
    if (augment) {
      augment(samples, augmented, shape, rng);
      samples = augmented;
    }
    if (name === undefined) {
      writeWindowInputs(windows, window, into, samples);
    } else if (axesTransformations.has(name)) {
      transformations[name](samples, turned, shape, rng);
      writeWindowInputs(windows, window, into, turned);
    } else {
      const plain = transformed.subarray(0, into.length);
      writeWindowInputs(windows, window, plain, samples);
      transformations[name](plain, into, inputs, rng);
    }
  };
}

/** The transformation of an example; undefined for a window that is not transformed. */
function versionOf(
  { transformations: names, versions }: TrainingSet,
  example: number,
  rng: Rng,
): TransformationName | undefined {
  if (versions === 'drawn') {
    return names.length > 0 ? names[rng.integer(names.length)] : undefined;
  }
  return names[(example % (names.length + 1)) - 1];
}

/** Versions have the labels of their window. */
function labelTargets({ windows, labels }: TrainingSet, windowOf: Uint32Array): Batch['targets'] {
  const known = { ...(windows.labels && { activity: windows.labels }), ...labels };
  return Object.fromEntries(
    Object.entries(known).map(([head, targets]) => [
      head,
      rowsOf(targets, targets.length / windowCount(windows), windowOf),
    ]),
  );
}

function rowsOf(targets: Float32Array, outputs: number, windowOf: Uint32Array): Float32Array {
  const rows = new Float32Array(windowOf.length * outputs);
  windowOf.forEach((window, row) => {
    rows.set(targets.subarray(window * outputs, (window + 1) * outputs), row * outputs);
  });
  return rows;
}

function activityWeights({ weights }: TrainingSet, windowOf: Uint32Array): Pick<Batch, 'weights'> {
  return weights ? { weights: { activity: Float32Array.from(windowOf, (window) => weights[window]!) } } : {};
}

/** One target for each transformation: whether the example went through it. */
function transformationTargets(
  { transformations: names, versions }: TrainingSet,
  examples: Uint32Array,
): Batch['targets'] {
  if (names.length === 0 || versions === 'drawn') {
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

/** Number of steps of a training on `examples`; the last batch of an epoch may be smaller. */
export function stepCount(length: TrainingLength, batchSize: number, examples: number): number {
  return 'steps' in length ? length.steps : length.epochs * Math.ceil(examples / batchSize);
}

/** The versions of a window that a plan trains on. */
export function versionsOf({
  transformations,
  augment,
  objective,
}: LocalPlan): Pick<TrainingSet, 'transformations' | 'versions' | 'augment'> {
  const versions = objective.kind === 'consistency' ? 'drawn' : 'each';
  return { transformations, versions, ...(augment && { augment }) };
}

/**
 * The number of a participant's steps under a plan that have at least so many examples, as a function of the number of
 * windows that it trains on. The last batch of a pass may be smaller than the others.
 */
export function stepsOfAtLeast({ batchSize, ...plan }: LocalPlan, size: number): LocalSteps {
  const perWindow = examplesOfWindow(versionsOf({ batchSize, ...plan }));
  return (windows) => {
    const examples = windows * perWindow;
    const steps = stepCount(plan.length, batchSize, examples);
    const stepsOfPass = Math.ceil(examples / batchSize);
    const lastBatch = examples - (stepsOfPass - 1) * batchSize;
    if (batchSize < size) {
      return 0;
    }
    return lastBatch < size ? steps - Math.floor(steps / stepsOfPass) : steps;
  };
}

/** The number of a participant's steps under a plan, as a function of the number of windows that it trains on. */
export function localStepsOf(plan: LocalPlan): LocalSteps {
  const perWindow = examplesOfWindow(versionsOf(plan));
  return (windows) => stepCount(plan.length, plan.batchSize, windows * perWindow);
}
