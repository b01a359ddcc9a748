/** A table of the results of each step. */

import type { Evaluation } from '@gaitway/core';
import { intervalNote } from '../../report/figures.js';
import { count, estimate, NO_FIGURE, score, share } from '../../report/format.js';
import type { Content, Markup } from '../../report/markup.js';
import { table } from '../../report/table.js';
import type { SelectionLine, TrainingLine } from '../pipeline-result.js';
import type { NamedStep } from './named-steps.js';

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
