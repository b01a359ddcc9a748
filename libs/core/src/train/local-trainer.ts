/** The one training loop: shuffle, batch, gradient, step. */

import * as tf from '@tensorflow/tfjs-core';
import type { Rng } from '../math/random.js';
import { shuffledIndices } from '../math/shuffle.js';
import { partsOf } from '../model/layout.js';
import type { Network } from '../model/network.js';
import { createOptimizer } from './optimizers.js';
import type { LocalPlan, TrainingLength } from './plan.js';
import { exampleCount, makeBatch, type TrainingSet } from './training-set.js';

export interface TrainingOptions {
  readonly plan: Pick<LocalPlan, 'batchSize' | 'length' | 'optimizer' | 'trainable'>;
  readonly rng: Rng;
  readonly signal: AbortSignal;
}

export interface Trained {
  readonly parameters: Float32Array;
  /** Mean over the steps. */
  readonly loss: number;
}

/**
 * Trains a network from `start` and returns new parameters; `start` stays as it is. Every draw (order, versions,
 * dropout) comes from `rng`, so the same arguments give the same bits on the same backend.
 *
 * @throws Error when the loss is no longer a number, and whatever `signal` aborts with.
 */
export async function trainLocally(
  network: Network,
  start: Float32Array,
  set: TrainingSet,
  { plan, rng, signal }: TrainingOptions,
): Promise<Trained> {
  const parameters = start.slice();
  const gradient = new Float32Array(parameters.length);
  const optimizer = createOptimizer(plan.optimizer, parameters.length);
  const trainable = new Set(plan.trainable === 'all' ? partsOf(network.layout) : plan.trainable);
  let steps = 0;
  let lossSum = 0;
  for (const { pass, examples } of batchesOfExamples(exampleCount(set), plan, rng)) {
    signal.throwIfAborted();
    const batch = makeBatch(set, examples, rng.fork('versions', pass));
    lossSum += network.lossAndGradient(parameters, batch, { rng: rng.fork('dropout', steps), trainable }, gradient);
    optimizer.update(parameters, gradient);
    steps++;
    if (!Number.isFinite(lossSum)) {
      throw new Error(`Training diverged at step ${steps}: the loss is no longer a number. Lower the learning rate.`);
    }
    await tf.nextFrame(); // Lets messages in: a cancelled task ends here.
  }
  return { parameters, loss: lossSum / steps };
}

interface ExamplesOfBatch {
  /** Which pass over the data, from 0. */
  readonly pass: number;
  readonly examples: Uint32Array;
}

/** Shuffled passes over all examples, cut into batches; the last batch of a pass may be smaller. */
function* batchesOfExamples(
  count: number,
  { batchSize, length }: { readonly batchSize: number; readonly length: TrainingLength },
  rng: Rng,
): Generator<ExamplesOfBatch> {
  const steps = 'steps' in length ? length.steps : length.epochs * Math.ceil(count / batchSize);
  let step = 0;
  for (let pass = 0; step < steps; pass++) {
    const order = shuffledIndices(count, rng.fork('order', pass));
    for (let first = 0; first < count && step < steps; first += batchSize, step++) {
      yield { pass, examples: order.subarray(first, first + batchSize) };
    }
  }
}
