/** One training step of a pipeline: initial parameters, windows, training, best epoch. */

import type { Rng } from '../math/random.js';
import { initialParameters, carryOverModel, type TrainedModel } from '../model/parameters/initial-parameters.js';
import { layoutOf } from '../model/parameters/layout.js';
import { type NetworkSpec, publishedModel } from '../model/network-spec.js';
import { createNetwork } from '../model/network.js';
import { trainableParts, type TrainableRule } from '../model/parameters/network-parts.js';
import { trainOnFeatures } from '../train/loop/cached-features.js';
import type { EpochReport } from '../train/loop/epochs.js';
import { constantRate, halvedEvery, type LearningRateSchedule } from '../train/loop/optimizers.js';
import { trainLocally } from '../train/loop/local-trainer.js';
import { lossWeightRule } from '../train/loss-weights/loss-weight-plan.js';
import { inputShape, windowCount } from '../data/windows.js';
import type { PipelineData, PipelineOptions, TrainingReport } from './pipeline-context.js';
import type { PipelineStep } from './pipeline.js';
import { networkFor, recipes, type Recipe, type TrainingType } from './recipes.js';
import { stepWindows, type StepWindows } from './step-windows.js';

/**
 * Number of epochs after which steps without labels of their own halve the learning rate (Tang et al. 2021, section
 * 4.3).
 */
const HALVE_AFTER_EPOCHS = 15;

export interface StepWork {
  readonly step: PipelineStep & { readonly type: TrainingType };
  readonly index: number;
  /** The parent's model, or a stored one. */
  readonly source: TrainedModel | undefined;
  readonly rng: Rng;
}

export interface TrainedStep {
  readonly model: TrainedModel;
  readonly training: TrainingReport;
}

/** Trains the step's network on the step's windows. */
export async function trainStep(data: PipelineData, work: StepWork, options: PipelineOptions): Promise<TrainedStep> {
  const { step, index, source, rng } = work;
  const { activities, model = publishedModel, signal } = options;
  const recipe = recipes[step.type];
  const network = createNetwork(networkFor(recipe, { window: inputShape(data.labelled), activities, model }));
  const kind = recipe.windows;
  const windows = await stepWindows(data, { step, kind, teacher: source, rng: rng.fork('held back'), signal });
  const trained = trainableParts(network.spec, learning(step, recipe, options.fineTune));
  const epochs: EpochReport[] = [];
  const { transformations } = recipe;
  const start = startParameters(network.spec, recipe, work);
  const train = step.cache_features ? trainOnFeatures : trainLocally;
  const { parameters, bestEpoch } = await train(
    network,
    start,
    { windows: windows.training, transformations },
    {
      plan: planOf(step, trained),
      rng: rng.fork('train'),
      validation: { windows: windows.validation, transformations },
      schedule: scheduleOf(recipe),
      lossWeights: lossWeightRule(step.loss_weights ?? 'equal'),
      onEpoch: async (epoch) => {
        epochs.push(epoch);
        await options.onEpoch?.(epoch, step, index);
      },
      signal,
    },
  );
  const training = { ...countsOf(windows), trained, epochs, bestEpoch: bestEpoch ?? epochs.length };
  return { model: { network: network.spec, parameters }, training };
}

function countsOf({
  training,
  validation,
  selection,
}: StepWindows): Omit<TrainingReport, 'trained' | 'epochs' | 'bestEpoch'> {
  return {
    windows: windowCount(training),
    validationWindows: windowCount(validation),
    ...(selection && { selection }),
  };
}

function planOf(step: PipelineStep, trainable: readonly string[]): Parameters<typeof trainLocally>[3]['plan'] {
  return {
    batchSize: step.batch_size,
    length: { epochs: step.epochs },
    optimizer: { kind: step.optimizer, learningRate: step.initial_learning_rate },
    trainable,
  };
}

function scheduleOf({ windows }: Recipe): LearningRateSchedule {
  return windows === 'labelled' ? constantRate : halvedEvery(HALVE_AFTER_EPOCHS);
}

/** New parameters, with the parts of the source that the recipe keeps. */
function startParameters(network: NetworkSpec, { keeps }: Recipe, { source, rng }: StepWork): Float32Array {
  const fresh = initialParameters(layoutOf(network), rng.fork('start'));
  if (!source || keeps === 'nothing') {
    return fresh;
  }
  const kept = keeps === 'core' ? { ...source, network: { ...source.network, heads: [] } } : source;
  return carryOverModel(network, fresh, kept);
}

/** Which parts learn: what the step says, else what its type implies. */
function learning(
  { trainable }: PipelineStep,
  { learns }: Recipe,
  fineTune: PipelineOptions['fineTune'],
): TrainableRule {
  if (trainable !== undefined) {
    return trainable;
  }
  return learns === 'top' ? (fineTune === 'top' ? { above: 'conv2' } : 'all') : learns;
}
