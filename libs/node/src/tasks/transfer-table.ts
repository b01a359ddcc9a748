/** Tables of the figures of tasks, with the effect of joint training: for the terminal and for the page. */

import { CLEAR_MARGIN, type TaskReport, type Transfer } from '@gaitway/core/tasks';
import { alignColumns } from '../data/text-table.js';
import { count, NO_FIGURE, score, signed } from '../report/format.js';
import type { Content, Markup } from '../report/markup.js';
import { type Column, table } from '../report/table.js';

/** One row for each task; where tasks were trained alone too, with the difference and the verdict. */
export function tasksTable(reports: readonly TaskReport[]): string {
  const compared = reports.some(({ transfer }) => transfer !== undefined);
  const header = ['task', 'figure', 'windows', 'joint', ...(compared ? ['alone', 'difference', 'verdict'] : [])];
  const rows = reports.map(({ task, figure, windows, joint, transfer }) => [
    task,
    figure,
    String(windows),
    score(joint),
    ...(transfer ? [score(transfer.alone), differenceText(transfer), verdictText(transfer)] : []),
  ]);
  return alignColumns([header, ...rows], ['left', 'left', 'right', 'right', 'right', 'left', 'left']).join('\n');
}

/** Text such as `−0.031 [−0.072, +0.004]`. */
function differenceText({ difference, interval }: Transfer): string {
  const range = interval ? ` [${signed(interval.low)}, ${signed(interval.high)}]` : '';
  return difference === null ? NO_FIGURE : `${signed(difference)}${range}`;
}

/** Text such as `negative transfer (95% interval over people)`. */
function verdictText({ verdict, decidedBy }: Transfer): string {
  return `${verdict} (${decidedBy === 'interval' ? '95% interval over people' : `margin of ${CLEAR_MARGIN}`})`;
}

const transferColumns: readonly Column[] = [
  { heading: 'Alone', kind: 'number' },
  { heading: 'Difference', kind: 'estimate' },
  { heading: 'Verdict', kind: 'text' },
];

/** A table of each task's figure, with the effect of joint training, for the page. */
export function transferTable(reports: readonly TaskReport[]): Markup {
  const compared = reports.some(({ transfer }) => transfer !== undefined);
  const differences =
    ' Difference: joint minus alone; in brackets where it lies in 95% of the resamples of the test people.';
  return table({
    caption: `On the test windows with a label of the task; the higher a figure, the better.${compared ? differences : ''}`,
    columns: [
      { heading: 'Task', kind: 'text' },
      { heading: 'Kind', kind: 'text' },
      { heading: 'Figure', kind: 'text' },
      { heading: 'Windows', kind: 'number' },
      { heading: 'Joint', kind: 'number' },
      ...(compared ? transferColumns : []),
    ],
    rows: reports.map(({ task, kind, figure, windows, joint, transfer }) => [
      task,
      kind,
      figure,
      count(windows),
      score(joint),
      ...(compared ? transferCells(transfer) : []),
    ]),
  });
}

function transferCells(transfer: Transfer | undefined): readonly Content[] {
  return transfer
    ? [score(transfer.alone), differenceText(transfer), verdictText(transfer)]
    : transferColumns.map(() => NO_FIGURE);
}
