/** How a pipeline is written: every key, its type, and what it means where it is left out. Other keys pass. */

import { z } from 'zod';
import { trainableRule } from '../model/parameters/trainable-rule.js';
import { lossWeightPlan } from '../train/loss-weights/loss-weight-plan.js';
import { modelKinds, stepTypes, type Pipeline, type PipelineStep } from './pipeline.js';

const count = z.int().min(1);

const stepShape = {
  type: z.enum(stepTypes).default('none'),
  tag: z.string().default(''),
  previous_config_offset: z.int().min(0).default(0),
  optimizer: z.enum(['adam', 'sgd']).default('adam'),
  initial_learning_rate: z.number().positive().default(0.0003),
  epochs: count.default(30),
  batch_size: count.default(300),
  self_training_samples_per_class: count.default(10_000),
  self_training_minimum_confidence: z.number().min(0).max(1).default(0),
  self_training_plurality_only: z.boolean().default(true),
  trained_model_path: z.string().default(''),
  trained_model_type: z.enum(['', ...modelKinds]).default(''),
  eval_har: z.boolean().default(false),
  trainable: trainableRule.exactOptional(),
  cache_features: z.boolean().default(false),
  loss_weights: lossWeightPlan.exactOptional(),
};

const step: z.ZodType<PipelineStep> = z.looseObject(stepShape);

const pipelineShape = { tag: z.string().default('pipeline'), experiment_configs: z.array(step).min(1) };

export const pipelineSchema: z.ZodType<Pipeline> = z.looseObject(pipelineShape);

/** The keys that mean something, in a step and at the top. */
export const knownKeys: { readonly step: readonly string[]; readonly pipeline: readonly string[] } = {
  step: Object.keys(stepShape),
  pipeline: Object.keys(pipelineShape),
};
