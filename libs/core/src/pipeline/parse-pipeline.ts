/** Parses and checks a pipeline file: the only way to get a pipeline. */

import { z } from 'zod';
import { InvalidInput } from '../errors.js';
import { formatPath, didYouMean } from '../input-text.js';
import { trainableRule } from '../model/parameters/trainable-rule.js';
import { parseInput } from '../parse-input.js';
import { lossWeightPlan } from '../train/loss-weights/loss-weight-plan.js';
import { modelKinds, type Pipeline, type PipelineStep, stepTypes } from './pipeline.js';
import { stepIssues } from './step-rules.js';

export interface ParsedPipeline {
  readonly pipeline: Pipeline;
  /** Messages about keys of the file that have no effect. */
  readonly warnings: readonly string[];
}

/**
 * The pipeline that `input` (parsed JSON) describes, with all defaults filled in. Unknown keys are kept.
 *
 * @param source - Where it was read from, for messages.
 * @throws InvalidInput with all issues: first those of single values, then those between the steps.
 *
 * @example
 * const { pipeline } = parsePipeline({ tag: 'supervised', experiment_configs: [{ type: 'har_full_train' }] },
 * 'p.json');
 */
export function parsePipeline(input: unknown, source: string): ParsedPipeline {
  const pipeline = parseInput(pipelineSchema, input, source);
  const issues = stepIssues(pipeline);
  if (issues.length > 0) {
    throw new InvalidInput(source, issues);
  }
  const warnings = [
    ...unknownKeys(pipeline, [], knownKeys.pipeline),
    ...pipeline.experiment_configs.flatMap((step, index) => [
      ...unknownKeys(step, ['experiment_configs', index], knownKeys.step),
      ...unusedModel(step, index),
    ]),
  ];
  return { pipeline, warnings: warnings.map((warning) => `${source}: ${warning}`) };
}

function unknownKeys(value: object, path: readonly PropertyKey[], known: readonly string[]): readonly string[] {
  return Object.keys(value)
    .filter((key) => !known.includes(key))
    .map((key) => `${formatPath([...path, key])}: unknown key, carried along without effect${didYouMean(key, known)}`);
}

function unusedModel(step: PipelineStep, index: number): readonly string[] {
  const { previous_config_offset: offset, trained_model_path: file } = step;
  if (offset === 0 || file === '') {
    return [];
  }
  const path = `experiment_configs[${index}].trained_model_path`;
  return [`${path}: without effect, because the step begins with its parent (previous_config_offset ${offset})`];
}

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

const pipelineSchema: z.ZodType<Pipeline> = z.looseObject(pipelineShape);

/** The known keys, of a step and at the top level. */
const knownKeys: { readonly step: readonly string[]; readonly pipeline: readonly string[] } = {
  step: Object.keys(stepShape),
  pipeline: Object.keys(pipelineShape),
};
