/** Training and prediction of the student network on random windows, to measure how fast a backend is. */

import { createRng } from '@gaitway/core';
import { slideWindows } from '@gaitway/core/data';
import { axesNormalisation, derivedChannel } from '@gaitway/core/inputs';
import {
  type Batch,
  createNetwork,
  initialParameters,
  type NetworkSpec,
  partsOf,
  publishedModel,
} from '@gaitway/core/model';
import { createOptimizer, makeBatch } from '@gaitway/core/train';

const { headUnits, ...core } = publishedModel;

/** Core, activity head and eight transformation heads of SelfHAR (Tang et al. 2021): 390,606 parameters. */
const studentSpec: NetworkSpec = {
  window: { length: 400, channels: 3 },
  ...core,
  heads: [
    { name: 'activity', kind: 'exclusive', outputs: labels(6), hiddenUnits: headUnits.activity },
    { name: 'transformations', kind: 'independent', outputs: labels(8), hiddenUnits: headUnits.transformation },
  ],
};

/** The unit of work that a measurement repeats: a training step or a prediction, on one batch. */
export interface Workload {
  readonly windows: number;
  readonly run: () => void;
}

/** Full training steps on one batch: dropout, loss and gradient, Adam. */
export function trainingSteps(batchSize: number): Workload {
  const batch = { values: windows(batchSize), targets: targetsOf(batchSize) };
  return stepsOn(studentSpec, batchSize, () => batch);
}

/**
 * Training steps with a new batch for each step: windows are augmented, with three derived channels beside the axes.
 */
export function augmentedTrainingSteps(batchSize: number): Workload {
  const { window } = studentSpec;
  const derived = (['magnitude', 'vertical', 'horizontal'] as const).map(derivedChannel);
  const recording = {
    subject: 'ann',
    source: 'made up',
    sampleRateHz: 50,
    channels: ['x', 'y', 'z'],
    samples: windows(batchSize),
    inputs: { normalisation: axesNormalisation, derived },
  };
  const set = {
    windows: slideWindows([recording], { length: window.length, step: window.length }),
    transformations: [],
    augment: { stretch: 0.1, mirror: true, turn: 20, dynamics: 0.15, noise: 0.03 },
  } as const;
  const spec = { ...studentSpec, window: { ...window, channels: window.channels + derived.length } };
  const examples = Uint32Array.from({ length: batchSize }, (_, window) => window);
  const rng = createRng('batches');
  const targets = targetsOf(batchSize);
  let step = 0;
  return stepsOn(spec, batchSize, () => ({ ...makeBatch(set, examples, rng.fork(step++)), targets }));
}

function targetsOf(batchSize: number): Batch['targets'] {
  return {
    activity: new Float32Array(batchSize * 6).fill(1 / 6),
    transformations: Float32Array.from({ length: batchSize * 8 }, (_, index) => (index % 9 === 0 ? 1 : 0)),
  };
}

function stepsOn(spec: NetworkSpec, batchSize: number, nextBatch: () => Batch): Workload {
  const network = createNetwork(spec);
  const rng = createRng('student workload');
  const parameters = initialParameters(network.layout, rng);
  const gradient = new Float32Array(network.layout.size);
  const optimizer = createOptimizer({ kind: 'adam', learningRate: 3e-4 }, network.layout.size);
  const options = { rng, trainable: new Set(partsOf(network.layout)) };
  return {
    windows: batchSize,
    run: () => {
      network.lossAndGradient(parameters, nextBatch(), options, gradient);
      optimizer.update(parameters, gradient);
    },
  };
}

/** Predictions of the activity head. */
export function predictions(batchSize: number): Workload {
  const network = createNetwork(studentSpec);
  const parameters = initialParameters(network.layout, createRng('student workload'));
  const values = windows(batchSize);
  return { windows: batchSize, run: () => network.predict(parameters, values, 'activity') };
}

function windows(count: number): Float32Array {
  const rng = createRng('windows');
  const { length, channels } = studentSpec.window;
  return Float32Array.from({ length: count * length * channels }, () => rng.normal());
}

function labels(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${index + 1}`);
}

/**
 * Windows per second, measured over at least `milliseconds` and at least one run.
 *
 * @param now - Clock, in milliseconds from any origin
 */
export function windowsPerSecond(
  { windows, run }: Workload,
  milliseconds: number,
  now: () => number = () => performance.now(),
): number {
  const start = now();
  let runs = 0;
  let elapsed: number;
  do {
    run();
    runs++;
    elapsed = now() - start;
  } while (elapsed < milliseconds);
  return (runs * windows * 1000) / elapsed;
}
