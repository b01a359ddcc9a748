/** What the terminal says at the end of an experiment. */

import { alignedRows } from '../report/aligned-rows.js';
import { counted, estimate } from '../report/format.js';
import type { CellOutcome, FinishedCell } from './cell-outcome.js';
import type { ExperimentFolder } from './experiment-folder.js';
import type { Experiment } from './experiment.js';
import { intervalNote } from './interval-note.js';
import { finishedOf, intervalSourceOf, meansOf } from './means.js';

/** Mean weighted F1 of each method and label budget, and where the rest is. Ends without a line break. */
export function experimentSummary(
  experiment: Experiment,
  outcomes: readonly CellOutcome[],
  folder: ExperimentFolder,
): string {
  const finished = finishedOf(outcomes);
  const lines = finished.length > 0 ? figureLines(experiment, finished) : ['No cell is finished.'];
  return [...lines, '', `Table: ${folder.table}`, `Page: ${folder.page}`].join('\n');
}

function figureLines(experiment: Experiment, finished: readonly FinishedCell[]): readonly string[] {
  const { methods, windowsPerClass, seeds } = experiment;
  const means = meansOf(experiment, finished, 'weightedF1');
  const budgets = windowsPerClass ?? [undefined];
  const heading = budgets.map((budget) => (budget === undefined ? 'weighted F1' : `${budget} per class`));
  const rows = methods.map(({ name }) => [
    name,
    ...budgets.map((budget) => {
      const mean = means.find(({ method, windowsPerClass: known }) => method === name && known === budget);
      return estimate(mean?.value ?? null, mean?.interval);
    }),
  ]);
  const over = `weighted F1, mean of ${counted(seeds.length, 'seed')}`;
  return [...alignedRows([['', ...heading], ...rows]), '', `${over}; ${intervalNote(intervalSourceOf(finished))}`];
}
