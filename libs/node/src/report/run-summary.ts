/** What the terminal says at the end of a run. */

import type { Run } from '../run/read-run.js';
import { comparisonOf, type Comparison } from './comparison.js';
import { figures } from './figures.js';
import { counted, points, score } from './format.js';

/** Teacher and final model side by side, and where the report is. Ends without a line break. */
export function renderRunSummary(run: Run): string {
  const comparison = comparisonOf(run);
  const lines = comparison ? comparisonLines(comparison) : ['No model of this study tells activities apart.'];
  return [...lines, '', `Report: ${run.folder.report}`].join('\n');
}

function comparisonLines({ teacher, final }: Comparison): readonly string[] {
  const heading = ['', ...(teacher ? ['teacher'] : []), 'final', ...(teacher ? ['difference'] : [])];
  const rows = figures.map(({ name, of }) => [
    name,
    ...(teacher ? [score(of(teacher.evaluation))] : []),
    score(of(final.evaluation)),
    ...(teacher ? [`${points(of(teacher.evaluation), of(final.evaluation))} points`] : []),
  ]);
  const windows = `${counted(final.evaluation.windows, 'test window')}; final model: stage "${final.stage}"`;
  return [...aligned([heading, ...rows]), '', windows];
}

/** Rows of cells as lines: the first column to the left, numbers to the right. */
function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('   '),
  );
}
