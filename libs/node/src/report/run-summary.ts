/** What the terminal says at the end of a run. */

import type { Evaluation } from '@gaitway/core';
import type { Run } from '../run/read-run.js';
import { alignedRows } from './aligned-rows.js';
import { comparisonOf, type Comparison } from './comparison.js';
import { estimateOf, figures, intervalNote, type Figure } from './figures.js';
import { counted, points } from './format.js';

/** Teacher and final model side by side, and where the report is. Ends without a line break. */
export function renderRunSummary(run: Run): string {
  const comparison = comparisonOf(run);
  const lines = comparison ? comparisonLines(comparison) : ['No model of this study tells activities apart.'];
  return [...lines, '', `Report: ${run.folder.report}`].join('\n');
}

function comparisonLines({ teacher, final }: Comparison): readonly string[] {
  const heading = ['', ...(teacher ? ['teacher'] : []), 'final', ...(teacher ? ['difference'] : [])];
  const rows = figures.map((figure) => [
    figure.name,
    ...(teacher ? [estimateOf(figure, teacher.evaluation)] : []),
    estimateOf(figure, final.evaluation),
    ...(teacher ? [difference(figure, teacher.evaluation, final.evaluation)] : []),
  ]);
  const windows = `${counted(final.evaluation.windows, 'test window')}; final model: stage "${final.stage}"`;
  return [...alignedRows([heading, ...rows]), '', windows, intervalNote(final.evaluation)];
}

/** As wide for any two figures, so that the points stand under each other. */
function difference({ of }: Figure, before: Evaluation, after: Evaluation): string {
  return `${points(of(before), of(after)).padStart(5)} points`;
}
