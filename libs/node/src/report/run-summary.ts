/** What the terminal shows at the end of a run, and of the recipes among which its study chose. */

import type { Evaluation } from '@gaitway/core';
import { formatEpsilon } from '@gaitway/core/engine';
import type { Orientation } from '@gaitway/core/choose';
import type { RecordedChoice } from '../run/choice-file.js';
import type { RunSoFar } from '../run/read-run.js';
import { baselineFigures, type Comparison, comparisonOf, defeatText } from './comparison.js';
import { estimateOf, type Figure, figures, intervalNote } from './figures.js';
import { alignedRows, counted, duration, points, score } from './format.js';

/** Teacher and final model side by side, the baselines, and the path of the report. Has no final line break. */
export function renderRunSummary(run: RunSoFar): string {
  const comparison = comparisonOf(run);
  const lines = comparison
    ? [...defeatLines(run, comparison), ...comparisonLines(comparison)]
    : [run.result.model ? 'No model of this study tells activities apart.' : 'No model was evaluated so far.'];
  return [...lines, ...baselineLines(run), ...privacyLines(run), '', `Report: ${run.folder.report}`].join('\n');
}

function defeatLines(run: RunSoFar, comparison: Comparison): readonly string[] {
  const defeat = defeatText(run, comparison);
  return defeat === undefined ? [] : [defeat, ''];
}

function privacyLines({ result: { privacy } }: RunSoFar): readonly string[] {
  if (!privacy) {
    return [];
  }
  const { unit, epsilon, budget, delta, releases } = privacy;
  const spent = `epsilon ${formatEpsilon(epsilon)} of a budget of ${budget} at delta ${delta}`;
  return ['', `Privacy of each ${unit}: ${spent}, after ${counted(releases, 'release')}`];
}

function baselineLines({ result: { baselines = [] } }: RunSoFar): readonly string[] {
  const heading = ['Baseline', ...baselineFigures.map(({ name }) => name)];
  const rows = baselines.map(({ name, evaluation }) => [
    name,
    ...baselineFigures.map((figure) => estimateOf(figure, evaluation)),
  ]);
  return rows.length === 0 ? [] : ['', ...alignedRows([heading, ...rows])];
}

function comparisonLines({ teacher, final, role }: Comparison): readonly string[] {
  const heading = [
    '',
    ...(teacher ? ['teacher'] : []),
    role === 'Final model' ? 'final' : 'latest',
    ...(teacher ? ['difference'] : []),
  ];
  const rows = figures.map((figure) => [
    figure.name,
    ...(teacher ? [estimateOf(figure, teacher.evaluation)] : []),
    estimateOf(figure, final.evaluation),
    ...(teacher ? [difference(figure, teacher.evaluation, final.evaluation)] : []),
  ]);
  const windows = `${counted(final.evaluation.windows, 'test window')}; ${role.toLowerCase()}: stage "${final.stage}"`;
  return [...alignedRows([heading, ...rows]), '', windows, intervalNote(final.evaluation)];
}

/** Padded to a constant width, so that the numbers are aligned. */
function difference({ of }: Figure, before: Evaluation, after: Evaluation): string {
  return `${points(of(before), of(after)).padStart(5)} points`;
}

/** What the labelled people's gravity says about how they carry the sensor, and what follows for the choice. */
export function orientationText({ degrees, isShared }: Orientation): string {
  const measured = `The labelled people's sensors differ in orientation by ${degrees.toFixed(0)} degrees`;
  return isShared
    ? `${measured}: worn the same way round, so candidates without mirroring come first.`
    : `${measured}: not worn the same way round, so the candidates stay in their order.`;
}

/** A line for each candidate, then the chosen one, and the calibration of its teacher. */
export function renderChoice(choice: RecordedChoice, activities: readonly string[]): string {
  const { candidates, chosen, weak, orientation, seconds, backend, calibration } = choice;
  const folds = candidates[0]?.folds ?? [];
  const rows = candidates.map(({ name, folds: own, mean }) => [
    name,
    ...own.map(({ weightedF1 }) => score(weightedF1)),
    score(mean.weightedF1),
    score(mean.macroF1),
    score(mean.logLoss),
    name === chosen ? 'chosen' : '',
  ]);
  const heading = ['', ...folds.map(({ heldOut }) => `without ${heldOut}`), 'mean', 'macro F1', 'log loss', ''];
  const thresholds = activities.map((activity, index) => `${activity} ${score(calibration.thresholds[index] ?? null)}`);
  return [
    'Weighted F1 on labelled people who were held out:',
    ...alignedRows([heading, ...rows]),
    '',
    ...(weak === undefined ? [] : [`This choice is weak: ${weak}.`]),
    ...(orientation ? [orientationText(orientation)] : []),
    `Temperature ${score(calibration.temperature)}; from these confidences on the teacher is believed: ${thresholds.join(', ')}`,
    `It took ${duration(seconds)} on the backend ${backend}.`,
  ].join('\n');
}
