/** What is noted after each pass over the training set, and which epoch's parameters were the best so far. */

import * as tf from '@tensorflow/tfjs-core';
import type { Rng } from '../../math/random.js';
import { fixedLossWeights } from '../../model/loss-weights/fixed.js';
import { createLossWeigher } from '../../model/loss-weights/loss-weigher.js';
import type { LossWeightRule } from '../../model/loss-weights/rule.js';
import type { ByHead } from '../../model/network-spec.js';
import type { BatchLoss, Network } from '../../model/network.js';
import type { LocalPlan } from '../plan.js';
import { constantRate, type LearningRateSchedule } from './learning-rate.js';
import { exampleCount, makeBatch, type TrainingSet } from './training-set.js';

export interface EpochOptions {
  readonly plan: Pick<LocalPlan, 'batchSize' | 'optimizer'>;
  readonly rng: Rng;
  readonly signal: AbortSignal;
  /** Held back: the parameters of the epoch with the lowest loss on it are the result, instead of the last ones. */
  readonly validation?: TrainingSet;
  /** The same rate throughout where it is left out. */
  readonly schedule?: LearningRateSchedule;
  /** How the heads' losses are weighed against each other: 1 each where it is left out. */
  readonly lossWeights?: LossWeightRule;
  /** Hears of each epoch as soon as it ended; the next one waits for it. */
  readonly onEpoch?: (report: EpochReport) => Promise<void>;
}

export interface EpochReport {
  /** 1 is the first. */
  readonly epoch: number;
  readonly learningRate: number;
  /** Mean over the steps of the epoch, while parameters changed and with dropout. */
  readonly trainingLoss: number;
  /** After the epoch, without dropout; absent without windows to validate on. */
  readonly validationLoss?: number;
}

/** The parameters with the lowest validation loss; of several the earliest. */
export interface BestEpoch {
  readonly epoch: number;
  readonly validationLoss: number;
  readonly parameters: Float32Array;
}

export interface EpochWatch {
  learningRate(epoch: number): number;
  /** What each head's loss counts in the next step. */
  lossWeights(): ByHead<number>;
  /** Notes the loss of a step. */
  step(loss: BatchLoss): void;
  /** Ends an epoch: validates, compares, reports. */
  end(epoch: number, parameters: Float32Array): Promise<void>;
  /** Undefined without windows to validate on. */
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
  /** Draws the versions of the windows: the same ones whenever the same stream is given. */
  readonly rng: Rng;
  readonly signal: AbortSignal;
}

/**
 * The mean loss over all examples of a set, without dropout. Batches count by their examples, so that a smaller last
 * one counts less.
 *
 * @throws whatever `signal` aborts with.
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
