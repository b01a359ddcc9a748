/** The summary that the terminal shows at the end of an experiment. */

import { alignedRows, counted, estimate, score } from '../../report/format.js';
import { differenceLines } from '../../report/paired-differences.js';
import type { FinishedCell } from '../cells/cells.js';
import type { Comparison } from './comparisons.js';
import type { ExperimentFolder } from '../experiment-folder.js';
import type { ExperimentResults } from './experiment-results.js';
import type { Experiment } from '../experiment.js';
import { clientMeanOf, finishedOf, intervalNote, intervalSourceOf, meansOf } from './means.js';

/** Weighted F1 of the methods, their differences, and the paths of the other files. Has no final line break. */
export function experimentSummary(
  { experiment, outcomes, comparisons }: ExperimentResults,
  folder: ExperimentFolder,
): string {
  const finished = finishedOf(outcomes);
  const lines =
    finished.length > 0
      ? [
          ...meanLines(experiment, finished),
          '',
          ...cellLines(experiment, finished),
          ...(comparisons.length > 0 ? ['', ...comparisonLines(comparisons)] : []),
        ]
      : ['No cell is finished.'];
  return [...lines, '', `Table: ${folder.table}`, `Page: ${folder.page}`].join('\n');
}

function meanLines(experiment: Experiment, finished: readonly FinishedCell[]): readonly string[] {
  const { methods, windowsPerClass } = experiment;
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
  const over = `weighted F1, mean of ${cellsOfAMean(experiment)}`;
  return [...alignedRows([['', ...heading], ...rows]), '', `${over}; ${intervalNote(intervalSourceOf(finished))}`];
}

/** Text such as `2 seeds`, `10 splits with 2 seeds each`. */
function cellsOfAMean({ splits, seeds }: Experiment): string {
  const ofSeeds = counted(seeds.length, 'seed');
  return splits ? `${counted(splits.length, 'split')} with ${ofSeeds} each` : ofSeeds;
}

function cellLines(experiment: Experiment, finished: readonly FinishedCell[]): readonly string[] {
  const onClients = finished.some(({ figures }) => figures.clients);
  const rows = meansOf(experiment, finished, 'weightedF1').map((mean) => [
    atBudget(mean.method, mean.windowsPerClass),
    score(mean.lowest),
    ...(onClients ? [score(clientMeanOf(mean, finished) ?? null)] : []),
  ]);
  return alignedRows([['weighted F1', 'lowest cell', ...(onClients ? ["clients' people, mean"] : [])], ...rows]);
}

function comparisonLines(comparisons: readonly Comparison[]): readonly string[] {
  return differenceLines(
    comparisons.map(({ method, against, windowsPerClass, test, clients }) => ({
      name: atBudget(`${method} against ${against}`, windowsPerClass),
      test,
      clients,
    })),
  );
}

function atBudget(what: string, windowsPerClass: number | undefined): string {
  return windowsPerClass === undefined ? what : `${what}, ${windowsPerClass} per class`;
}
