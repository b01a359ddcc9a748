/**
 * A pipeline: the steps of a centralised experiment on one machine, as the users of SelfHAR write them (Tang et al.
 * 2021). The keys are those of the file. `parsePipeline` is the only way in.
 */

import type { TrainableRule } from '../model/parameters/trainable-parts.js';
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
 * - `none`: nothing; it carries a stored model.
 * - `eval_har`: evaluates the parent's model.
 * - `transform_train`: learns which transformation a window went through; no labels.
 * - `har_full_train`: learns activities from labels.
 * - `har_full_fine_tune`: the same from the parent's model.
 * - `har_linear_train`: a linear head on the parent's core, which stays as it is.
 * - `self_training`: a new model from the parent's confident soft labels.
 * - `self_har`: a new student, from these labels and from transformations.
 */
export type StepType = (typeof stepTypes)[number];

export const modelKinds = ['har_model', 'transform_model', 'transform_with_har_model'] as const;

/** Which heads a model has: the activity head, the transformation heads, or both. */
export type ModelKind = (typeof modelKinds)[number];

export interface PipelineStep {
  readonly type: StepType;
  /** Name in the outputs. */
  readonly tag: string;
  /** The parent is so many steps back; 0: a new model, or a stored one. */
  readonly previous_config_offset: number;
  readonly optimizer: 'adam' | 'sgd';
  readonly initial_learning_rate: number;
  readonly epochs: number;
  readonly batch_size: number;
  readonly self_training_samples_per_class: number;
  readonly self_training_minimum_confidence: number;
  readonly self_training_plurality_only: boolean;
  /** File of a stored model to start from; empty where there is none. */
  readonly trained_model_path: string;
  readonly trained_model_type: ModelKind | '';
  /** Whether the model is evaluated on the test people after the step. */
  readonly eval_har: boolean;
  /** What learns; where it is left out, what the type says. Gaitway's own, like the next two. */
  readonly trainable?: TrainableRule;
  /** Whether the features of a frozen core are computed once, without dropout. */
  readonly cache_features: boolean;
  /** How the heads' losses are weighed; equally where it is left out. */
  readonly loss_weights?: LossWeightPlan;
}

/** Keys that Gaitway does not know are still in these objects. */
export interface Pipeline {
  readonly tag: string;
  /** In the order in which they run. */
  readonly experiment_configs: readonly PipelineStep[];
}
