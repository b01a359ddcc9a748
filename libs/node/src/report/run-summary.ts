/** The summary that the terminal shows at the end of a run. */

import type { Evaluation } from '@gaitway/core';
import type { Run } from '../run/read-run.js';
import { alignedRows } from './aligned-rows.js';
import { baselineFigures, defeatText } from './baselines.js';
import { comparisonOf, type Comparison } from './comparison.js';
import { estimateOf, figures, intervalNote, type Figure } from './figures.js';
import { counted, points } from './format.js';

/** Teacher and final model side by side, the baselines, and the path of the report. Has no final line break. */
export function renderRunSummary(run: Run): string {
  const comparison = comparisonOf(run);
  const lines = comparison
    ? [...defeatLines(run, comparison), ...comparisonLines(comparison)]
    : ['No model of this study tells activities apart.'];
  return [...lines, ...baselineLines(run), '', `Report: ${run.folder.report}`].join('\n');
}

function defeatLines(run: Run, comparison: Comparison): readonly string[] {
  const defeat = defeatText(run, comparison);
  return defeat === undefined ? [] : [defeat, ''];
}

function baselineLines({ result: { baselines = [] } }: Run): readonly string[] {
  const heading = ['Baseline', ...baselineFigures.map(({ name }) => name)];
  const rows = baselines.map(({ name, evaluation }) => [
    name,
    ...baselineFigures.map((figure) => estimateOf(figure, evaluation)),
  ]);
  return rows.length === 0 ? [] : ['', ...alignedRows([heading, ...rows])];
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

/** Padded to a constant width, so that the numbers are aligned. */
function difference({ of }: Figure, before: Evaluation, after: Evaluation): string {
  return `${points(of(before), of(after)).padStart(5)} points`;
}
