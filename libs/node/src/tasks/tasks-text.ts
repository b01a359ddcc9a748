/** Formats the figures of tasks as a table for the terminal. */

import { CLEAR_MARGIN, type TaskReport, type Transfer } from '@gaitway/core';
import { alignColumns } from '../data/text-table.js';
import { NO_FIGURE, score, signed } from '../report/format.js';

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
export function differenceText({ difference, interval }: Transfer): string {
  const range = interval ? ` [${signed(interval.low)}, ${signed(interval.high)}]` : '';
  return difference === null ? NO_FIGURE : `${signed(difference)}${range}`;
}

/** Text such as `negative transfer (95% interval over people)`. */
export function verdictText({ verdict, decidedBy }: Transfer): string {
  return `${verdict} (${decidedBy === 'interval' ? '95% interval over people' : `margin of ${CLEAR_MARGIN}`})`;
}
