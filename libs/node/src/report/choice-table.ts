/** A table of the recipes among which a study chose, for the terminal. */

import type { RecordedChoice } from '../run/choice-file.js';
import { alignedRows } from './aligned-rows.js';
import { duration, score } from './format.js';

/** A line for each candidate, then the chosen one, and the calibration of its teacher. */
export function renderChoice(choice: RecordedChoice, activities: readonly string[]): string {
  const { candidates, chosen, weak, seconds, backend, calibration } = choice;
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
    `Temperature ${score(calibration.temperature)}; from these confidences on the teacher is believed: ${thresholds.join(', ')}`,
    `It took ${duration(seconds)} on the backend ${backend}.`,
  ].join('\n');
}
