/**
 * The tables of a pipeline's page: what each step started from, learned and reached, and the evaluated steps side by
 * side.
 */

import type { ClassFigures, Evaluation } from '@gaitway/core';
import type { Pipeline, PipelineStep } from '@gaitway/core/pipeline';
import type { HeadedEvaluation } from '../report/comparison.js';
import { estimateOf, figures, intervalNote } from '../report/figures.js';
import { count, duration, estimate, NO_FIGURE, score, share } from '../report/format.js';
import type { Content, Markup } from '../report/markup.js';
import { table } from '../report/table.js';
import type { SelectionLine, StepLine, TrainingLine } from './pipeline-folder.js';

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

/** A table of the results of each step. */
export function stepsTable(steps: readonly NamedStep[]): Markup {
  const evaluation = steps.findLast(({ line }) => line.eval_results)?.line.eval_results;
  return table({
    caption: `Windows: those that the step learned from. Figures on the test people.${evaluation ? ` ${intervalNote(evaluation)}` : ''}`,
    columns: [
      { heading: 'Step', kind: 'text' },
      { heading: 'Type', kind: 'text' },
      { heading: 'Windows', kind: 'number' },
      { heading: 'Accepted windows', kind: 'number' },
      { heading: 'Best epoch', kind: 'number' },
      { heading: 'Weighted F1', kind: 'estimate' },
      { heading: 'Macro F1', kind: 'number' },
      { heading: 'Accuracy', kind: 'number' },
    ],
    rows: steps.map(stepRow),
  });
}

function stepRow({ name, line }: NamedStep): readonly Content[] {
  return [name, line.type, ...trainingCells(line.training), ...figureCells(line.eval_results)];
}

function trainingCells(training: TrainingLine | undefined): readonly Content[] {
  if (!training) {
    return [NO_FIGURE, NO_FIGURE, NO_FIGURE];
  }
  const { windows, selection, bestEpoch, epochs } = training;
  return [count(windows), selection ? acceptedText(selection) : NO_FIGURE, `${bestEpoch} of ${epochs.length}`];
}

function figureCells(evaluation: Evaluation | undefined): readonly Content[] {
  if (!evaluation) {
    return [NO_FIGURE, NO_FIGURE, NO_FIGURE];
  }
  const { weightedF1, macroF1, accuracy, intervals } = evaluation;
  return [
    estimate(weightedF1, intervals.kind === 'people' ? intervals.weightedF1 : undefined),
    score(macroF1),
    score(accuracy),
  ];
}

/** Text such as `9,000 of 10,000 (90%)`. */
function acceptedText({ accepted, windows }: SelectionLine): string {
  const all = Object.values(accepted).reduce((sum, number) => sum + number, 0);
  return `${count(all)} of ${count(windows)} (${share(all, windows)})`;
}

/** A table of what each step started from, which parts of its network learned and which were frozen. */
export function learningTable(steps: readonly NamedStep[]): Markup {
  return table({
    caption: 'Frozen parts keep the values that they began with.',
    columns: [
      { heading: 'Step', kind: 'text' },
      { heading: 'Parent', kind: 'text' },
      { heading: 'Learned', kind: 'text' },
      { heading: 'Frozen', kind: 'text' },
      { heading: 'Windows held back', kind: 'number' },
      { heading: 'Time', kind: 'number' },
    ],
    rows: steps.map(learningRow),
  });
}

function learningRow({ name, line, settings, parent }: NamedStep): readonly Content[] {
  const { training, seconds } = line;
  return [
    name,
    parent?.name ?? (settings.trained_model_path || 'none'),
    training ? partNames(training.trained) : NO_FIGURE,
    training ? partNames(training.frozen) : NO_FIGURE,
    training ? count(training.validationWindows) : NO_FIGURE,
    duration(seconds),
  ];
}

function partNames(parts: readonly string[]): string {
  return parts.join(', ') || 'nothing';
}

/** A row for each figure, a column for each evaluated step. */
export function figuresTable(models: readonly HeadedEvaluation[]): Markup {
  return table({
    caption: 'All test windows; intervals where people were resampled.',
    columns: [
      { heading: 'Figure', kind: 'text' },
      ...models.map(({ heading }) => ({ heading, kind: 'estimate' as const })),
    ],
    rows: figures.map((figure) => [figure.name, ...models.map(({ evaluation }) => estimateOf(figure, evaluation))]),
  });
}

/** A row for each activity, a column for each evaluated step. */
export function activitiesTable(models: readonly HeadedEvaluation[]): Markup {
  const classes = models[0]?.evaluation.classes ?? [];
  return table({
    caption: 'F1 of each activity. A dash: no test window is of the activity.',
    columns: [
      { heading: 'Activity', kind: 'text' },
      { heading: 'Windows', kind: 'number' },
      ...models.map(({ heading }) => ({ heading, kind: 'number' as const })),
    ],
    rows: classes.map(({ name, support }: ClassFigures, index) => [
      name,
      count(support),
      ...models.map(({ evaluation }) => score(evaluation.classes[index]?.f1 ?? null)),
    ]),
  });
}
