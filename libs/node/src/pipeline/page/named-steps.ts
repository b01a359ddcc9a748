/** The steps of a pipeline with the names that the page uses. */

import type { Pipeline, PipelineStep } from '@gaitway/core';
import type { StepLine } from '../pipeline-result.js';

export interface NamedStep {
  /** The tag, with the step's number where another step has the same tag. */
  readonly name: string;
  readonly line: StepLine;
  readonly settings: PipelineStep;
  /** Absent where it starts from nothing, or from a stored model. */
  readonly parent?: NamedStep;
}

/** The steps of a finished run, in order. */
export function namedSteps(pipeline: Pipeline, lines: readonly StepLine[]): readonly NamedStep[] {
  const steps: NamedStep[] = [];
  for (const line of lines) {
    const settings = pipeline.experiment_configs[line.index];
    if (settings) {
      const parent = steps[steps.length - settings.previous_config_offset];
      const isOnly = lines.filter(({ tag }) => tag === line.tag).length === 1;
      const name = isOnly ? line.tag : `${line.tag} (step ${line.index + 1})`;
      steps.push({ name, line, settings, ...(parent && { parent }) });
    }
  }
  return steps;
}
