/** A table of each task's figure, with the effect of joint training. */

import type { TaskReport, Transfer } from '@gaitway/core';
import { count, NO_FIGURE, score } from '../../report/format.js';
import type { Content, Markup } from '../../report/markup.js';
import { table, type Column } from '../../report/table.js';
import { differenceText, verdictText } from '../tasks-text.js';

const transferColumns: readonly Column[] = [
  { heading: 'Alone', kind: 'number' },
  { heading: 'Difference', kind: 'estimate' },
  { heading: 'Verdict', kind: 'text' },
];

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
