/** A step's report as a line of `steps.jsonl`. */

import { layoutOf, partsOf, type StepReport } from '@gaitway/core';
import type { StepLine, TrainingLine } from './pipeline-result.js';

/** What the line says beside the report. */
export interface StepFacts {
  readonly activities: readonly string[];
  readonly seconds: number;
  readonly model: StepLine['model'] | undefined;
}

export function stepLine(report: StepReport, { activities, seconds, model }: StepFacts): StepLine {
  const { index, tag, type, evaluation } = report;
  const training = trainingLine(report, activities);
  return {
    index,
    tag,
    type,
    seconds,
    ...(model && { model }),
    ...(training && { training }),
    ...(evaluation && { eval_results: evaluation }),
  };
}

function trainingLine({ training, model }: StepReport, activities: readonly string[]): TrainingLine | undefined {
  if (!training) {
    return undefined;
  }
  const { selection, ...rest } = training;
  const accepted = Object.fromEntries(activities.map((name, index) => [name, selection?.accepted[index] ?? 0]));
  const parts = model ? partsOf(layoutOf(model.network)) : [];
  const frozen = parts.filter((part) => !rest.trained.includes(part));
  return { ...rest, frozen, ...(selection && { selection: { ...selection, accepted } }) };
}
