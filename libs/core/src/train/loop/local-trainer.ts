/** The training loop: shuffle, batch, gradient, step. */

import * as tf from '@tensorflow/tfjs-core';
import { type Rng, shuffledIndices } from '../../math/random.js';
import type { Network } from '../../model/network.js';
import { partsOf } from '../../model/parameters/layout.js';
import { stepCount, exampleCount, makeBatch, type TrainingSet } from './training-set.js';
import type { LocalPlan, TrainingLength } from '../plan.js';
import { type EpochOptions, watchEpochs } from './epochs.js';
import { createOptimizer } from './optimizers.js';

export interface TrainingOptions extends EpochOptions {
  readonly plan: Pick<LocalPlan, 'batchSize' | 'length' | 'optimizer' | 'trainable' | 'proximalMu'>;
  /** Added to the gradient of each step; shape [parameter]. */
  readonly correction?: Float32Array | undefined;
}

export interface Trained {
  readonly parameters: Float32Array;
  /** Mean loss over the steps. */
  readonly loss: number;
  /** The epoch whose parameters these are; present where there were windows to validate on. */
  readonly bestEpoch?: number;
}

/**
 * Trains a network from `start` and returns new parameters; `start` is not modified. Every random draw (order,
 * versions, dropout) comes from `rng`, so the same arguments give the same bits on the same backend. With windows to
 * validate on, the parameters are those of the epoch with the lowest validation loss, else those after the last step.
 *
 * @throws Error when the loss is not finite, and the signal's reason when it aborts.
 */
export async function trainLocally(
  network: Network,
  start: Float32Array,
  set: TrainingSet,
  options: TrainingOptions,
): Promise<Trained> {
  const { plan, rng, signal } = options;
  const parameters = start.slice();
  const gradient = new Float32Array(parameters.length);
  const optimizer = createOptimizer(plan.optimizer, parameters.length);
  const trainable = new Set(plan.trainable === 'all' ? partsOf(network.layout) : plan.trainable);
  const epochs = watchEpochs(network, options);
  let steps = 0;
  let lossSum = 0;
  for (const { pass, examples, endsPass } of batchesOfExamples(exampleCount(set), plan, rng)) {
    signal.throwIfAborted();
    const batch = makeBatch(set, examples, rng.fork('versions', pass));
    const step = { rng: rng.fork('dropout', steps), trainable, lossWeights: epochs.lossWeights() };
    const ownLoss = network.lossAndGradient(parameters, batch, step, gradient);
    const proximal = plan.proximalMu ? addProximalTerm(plan.proximalMu, parameters, start, gradient) : 0;
    const batchLoss = { ...ownLoss, loss: ownLoss.loss + proximal };
    options.correction?.forEach((value, index) => {
      gradient[index]! += value;
    });
    optimizer.update(parameters, gradient, epochs.learningRate(pass + 1));
    lossSum += batchLoss.loss;
    steps++;
    if (!Number.isFinite(lossSum)) {
      throw new Error(`Training diverged at step ${steps}: the loss is no longer a number. Lower the learning rate.`);
    }
    await tf.nextFrame(); // Lets messages in: a cancelled task ends here.
    epochs.step(batchLoss);
    if (endsPass) {
      await epochs.end(pass + 1, parameters);
    }
  }
  const best = epochs.best();
  return { parameters, loss: lossSum / steps, ...(best && { parameters: best.parameters, bestEpoch: best.epoch }) };
}

interface ExamplesOfBatch {
  /** Number of the pass over the data, from 0. */
  readonly pass: number;
  readonly examples: Uint32Array;
  /** Whether it is the last batch of its pass, even if the pass is cut short. */
  readonly endsPass: boolean;
}

/** Shuffled passes over all examples, cut into batches; the last batch of a pass may be smaller. */
function* batchesOfExamples(
  count: number,
  { batchSize, length }: { readonly batchSize: number; readonly length: TrainingLength },
  rng: Rng,
): Generator<ExamplesOfBatch> {
  const steps = stepCount(length, batchSize, count);
  let step = 0;
  for (let pass = 0; step < steps; pass++) {
    const order = shuffledIndices(count, rng.fork('order', pass));
    for (let first = 0; first < count && step < steps; first += batchSize, step++) {
      const endsPass = first + batchSize >= count || step + 1 === steps;
      yield { pass, examples: order.subarray(first, first + batchSize), endsPass };
    }
  }
}

/**
 * FedProx's proximal term, which keeps a client near the global parameters (Li et al. 2020, arXiv 1812.06127, eq. 2):
 * adds the gradient of mu / 2 · ||parameters - global||² to `gradient`, in place, and returns the term itself. Frozen
 * parameters stay at their global values, so it is 0 for them.
 *
 * @param mu - 0 means no term
 */
export function addProximalTerm(
  mu: number,
  parameters: Float32Array,
  global: Float32Array,
  gradient: Float32Array,
): number {
  let squared = 0;
  for (let index = 0; index < parameters.length; index++) {
    const difference = parameters[index]! - global[index]!;
    squared += difference * difference;
    gradient[index]! += mu * difference;
  }
  return (mu / 2) * squared;
}
