/**
 * The types of a pipeline: the steps of a centralised experiment on one machine, as the users of SelfHAR write them
 * (Tang et al. 2021), and what each type of step starts from and produces. The keys are those of the file.
 * `parsePipeline` is the only way to get one.
 */

import type { TrainableRule } from '../model/parameters/network-parts.js';
import type { LossWeightPlan } from '../train/loss-weights/loss-weight-plan.js';

export const stepTypes = [
  'none',
  'eval_har',
  'transform_train',
  'har_full_train',
  'har_full_fine_tune',
  'har_linear_train',
  'self_training',
  'self_har',
] as const;

/**
 * What a step does.
 * - `none`: nothing; it passes on a stored model.
 * - `eval_har`: evaluates the parent's model.
 * - `transform_train`: learns which transformation a window went through; no labels.
 * - `har_full_train`: learns activities from labels.
 * - `har_full_fine_tune`: the same, starting from the parent's model.
 * - `har_linear_train`: trains a linear head on the parent's core, which is frozen.
 * - `self_training`: trains a new model on the parent's confident soft labels.
 * - `self_har`: trains a new student on these labels and on transformations.
 */
export type StepType = (typeof stepTypes)[number];

export const modelKinds = ['har_model', 'transform_model', 'transform_with_har_model'] as const;

/** Which heads a model has: the activity head, the transformation heads, or both. */
export type ModelKind = (typeof modelKinds)[number];

/** One step of a pipeline, with the keys of the file. */
export interface PipelineStep {
  readonly type: StepType;
  /** Name of the step in the outputs. */
  readonly tag: string;
  /** Number of steps back to the parent; 0: a new model, or a stored one. */
  readonly previous_config_offset: number;
  readonly optimizer: 'adam' | 'sgd';
  readonly initial_learning_rate: number;
  readonly epochs: number;
  readonly batch_size: number;
  readonly self_training_samples_per_class: number;
  readonly self_training_minimum_confidence: number;
  readonly self_training_plurality_only: boolean;
  /** File of a stored model to start from; empty if there is none. */
  readonly trained_model_path: string;
  readonly trained_model_type: ModelKind | '';
  /** Whether the model is evaluated on the test people after the step. */
  readonly eval_har: boolean;
  /** Which parts learn; by default determined by the type. This key and the next two are Gaitway's own. */
  readonly trainable?: TrainableRule;
  /** Whether the features of a frozen core are computed once, without dropout. */
  readonly cache_features: boolean;
  /** How the heads' losses are weighed; equally by default. */
  readonly loss_weights?: LossWeightPlan;
}

/** Keys that Gaitway does not know are kept in these objects. */
export interface Pipeline {
  readonly tag: string;
  /** The steps in the order in which they run. */
  readonly experiment_configs: readonly PipelineStep[];
}

export interface StepTraits {
  /** What it requires: any model, or one with an activity head; `nothing`: it can create a new one. */
  readonly needs: 'nothing' | 'a model' | 'an activity head';
  /** The kind of model that it produces; `the same`: it passes on the one it started from. */
  readonly makes: ModelKind | 'the same';
}

export const stepTraits: Readonly<Record<StepType, StepTraits>> = {
  none: { needs: 'nothing', makes: 'the same' },
  eval_har: { needs: 'an activity head', makes: 'the same' },
  transform_train: { needs: 'nothing', makes: 'transform_model' },
  har_full_train: { needs: 'nothing', makes: 'har_model' },
  har_full_fine_tune: { needs: 'a model', makes: 'har_model' },
  har_linear_train: { needs: 'a model', makes: 'har_model' },
  self_training: { needs: 'an activity head', makes: 'har_model' },
  self_har: { needs: 'an activity head', makes: 'transform_with_har_model' },
};

export function hasActivityHead(kind: ModelKind): boolean {
  return kind !== 'transform_model';
}

/**
 * Whether a step takes over parts of the model that it starts from but uses none of its predictions: then a model for
 * other classes or for windows of another length is sufficient.
 */
export function takesPartsOnly(type: StepType): boolean {
  const { needs, makes } = stepTraits[type];
  return needs !== 'an activity head' && makes !== 'the same';
}
