/** The only way into a pipeline. */

import { InvalidInput } from '../errors.js';
import { formatPath } from '../input-text.js';
import { didYouMean } from '../nearest-name.js';
import { parseInput } from '../parse-input.js';
import { knownKeys, pipelineSchema } from './pipeline-schema.js';
import type { Pipeline, PipelineStep } from './pipeline.js';
import { stepIssues } from './step-rules.js';

export interface ParsedPipeline {
  readonly pipeline: Pipeline;
  /** What the file says without effect, in words. */
  readonly warnings: readonly string[];
}

/**
 * The pipeline that `input` (parsed JSON) describes, with every default filled in. Unknown keys stay where they are.
 *
 * @param source - Where it was read from, for messages.
 * @throws InvalidInput with all issues: first those of single values, then those between the steps.
 *
 * @example
 * const { pipeline } = parsePipeline({ tag: 'supervised', experiment_configs: [{ type: 'har_full_train' }] }, 'p.json');
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
