/** Records each epoch of a training, and keeps the parameters of the best epoch so far. */

import * as tf from '@tensorflow/tfjs-core';
import type { Rng } from '../../math/random.js';
import { fixedLossWeights } from '../../model/loss-weights/scheduled.js';
import { createLossWeigher, type LossWeightRule } from '../../model/loss-weights/rule.js';
import type { ByHead } from '../../model/network-spec.js';
import type { BatchLoss, Network } from '../../model/network.js';
import type { LocalPlan } from '../plan.js';
import { constantRate, type LearningRateSchedule } from './optimizers.js';
import { exampleCount, makeBatch, type TrainingSet } from './training-set.js';

export interface EpochOptions {
  readonly plan: Pick<LocalPlan, 'batchSize' | 'optimizer'>;
  readonly rng: Rng;
  readonly signal: AbortSignal;
  /**
   * Windows that were held back: the result is the parameters of the epoch with the lowest loss on them, not the last
   * ones.
   */
  readonly validation?: TrainingSet;
  /** A constant rate by default. */
  readonly schedule?: LearningRateSchedule;
  /** How the heads' losses are weighed against each other; by default each has weight 1. */
  readonly lossWeights?: LossWeightRule;
  /** Called with each epoch as soon as it has ended, and awaited before the next one. */
  readonly onEpoch?: (report: EpochReport) => Promise<void>;
}

/** The figures of one epoch of training. */
export interface EpochReport {
  /** Counts from 1. */
  readonly epoch: number;
  readonly learningRate: number;
  /** Mean over the steps of the epoch, with dropout and with parameters that change from step to step. */
  readonly trainingLoss: number;
  /** Loss after the epoch, without dropout; absent where there are no windows to validate on. */
  readonly validationLoss?: number;
}

/** The parameters with the lowest validation loss; the earliest where several are equal. */
export interface BestEpoch {
  readonly epoch: number;
  readonly validationLoss: number;
  readonly parameters: Float32Array;
}

export interface EpochWatch {
  learningRate(epoch: number): number;
  /** The weight of each head's loss in the next step. */
  lossWeights(): ByHead<number>;
  /** Records the loss of a step. */
  step(loss: BatchLoss): void;
  /** Ends an epoch: validates, compares, reports. */
  end(epoch: number, parameters: Float32Array): Promise<void>;
  /** Undefined where there are no windows to validate on. */
  best(): BestEpoch | undefined;
}

/** Watches one training from its first step to its last. */
export function watchEpochs(network: Network, options: EpochOptions): EpochWatch {
  const { plan, schedule = constantRate, lossWeights = fixedLossWeights({}), onEpoch } = options;
  const weigher = createLossWeigher(
    lossWeights,
    network.spec.heads.map(({ name }) => name),
  );
  let best: BestEpoch | undefined;
  let steps = 0;
  let lossSum = 0;
  const learningRate = (epoch: number): number => schedule(plan.optimizer.learningRate, epoch);
  return {
    learningRate,
    lossWeights: () => weigher.weights(),
    step: ({ loss, heads }) => {
      steps++;
      lossSum += loss;
      weigher.afterBatch(heads);
    },
    end: async (epoch, parameters) => {
      const report = { epoch, learningRate: learningRate(epoch), trainingLoss: lossSum / steps };
      steps = 0;
      lossSum = 0;
      weigher.afterEpoch();
      const loss = await lossOnValidation(network, parameters, options);
      if (loss !== undefined && requireNumber(loss, epoch) < (best?.validationLoss ?? Infinity)) {
        best = { epoch, validationLoss: loss, parameters: parameters.slice() };
      }
      await onEpoch?.({ ...report, ...(loss !== undefined && { validationLoss: loss }) });
    },
    best: () => best,
  };
}

async function lossOnValidation(
  network: Network,
  parameters: Float32Array,
  { plan, rng, signal, validation }: EpochOptions,
): Promise<number | undefined> {
  if (!validation) {
    return undefined;
  }
  const draws = { batchSize: plan.batchSize, rng: rng.fork('validation'), signal };
  return validationLoss(network, parameters, validation, draws);
}

function requireNumber(loss: number, epoch: number): number {
  if (!Number.isFinite(loss)) {
    throw new Error(`Training diverged in epoch ${epoch}: the validation loss is no number. Lower the learning rate.`);
  }
  return loss;
}

interface ValidationOptions {
  readonly batchSize: number;
  /** Random source of the versions of the windows: the same stream gives the same versions. */
  readonly rng: Rng;
  readonly signal: AbortSignal;
}

/**
 * The mean loss over all examples of a set, without dropout. Batches are weighted by their numbers of examples, because
 * the last one may be smaller.
 *
 * @throws the signal's reason when it aborts.
 */
async function validationLoss(
  network: Network,
  parameters: Float32Array,
  set: TrainingSet,
  { batchSize, rng, signal }: ValidationOptions,
): Promise<number> {
  const count = exampleCount(set);
  let sum = 0;
  for (let first = 0; first < count; first += batchSize) {
    signal.throwIfAborted();
    const examples = Uint32Array.from({ length: Math.min(batchSize, count - first) }, (_, row) => first + row);
    sum += network.loss(parameters, makeBatch(set, examples, rng)) * examples.length;
    await tf.nextFrame();
  }
  return sum / count;
}
