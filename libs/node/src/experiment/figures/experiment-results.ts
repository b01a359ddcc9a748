/**
 * The results of an experiment, on which its page and summary are based, and their table as CSV, with a line for each
 * method in each finished cell. The table has no times, so the same cells give the same bytes.
 */

import type { Digest } from '@gaitway/core/internal';
import { type CellOutcome, comparedFigures, type FinishedCell } from '../cells/cells.js';
import type { Experiment } from '../experiment.js';
import { type Comparison, comparisonsOf } from './comparisons.js';
import { finishedOf } from './means.js';

export interface ExperimentResults {
  readonly experiment: Experiment;
  readonly digest: Digest;
  readonly outcomes: readonly CellOutcome[];
  readonly comparisons: readonly Comparison[];
}

export function experimentResults(
  experiment: Experiment,
  digest: Digest,
  outcomes: readonly CellOutcome[],
): ExperimentResults {
  return { experiment, digest, outcomes, comparisons: comparisonsOf(experiment, finishedOf(outcomes)) };
}

const columns = [
  'method',
  'windowsPerClass',
  'seed',
  ...comparedFigures,
  ...comparedFigures.flatMap((figure) => [`${figure}Low`, `${figure}High`]),
  'split',
  'cell',
  'clientWeightedF1',
];

/** Lines are sorted by method, label budget, seed and split. A field is empty where there is no value. */
export function experimentTable({ methods }: Experiment, cells: readonly FinishedCell[]): string {
  const rows = methods.flatMap(({ name }) =>
    cells
      .filter(({ method }) => method.name === name)
      .toSorted((a, b) => budgetOf(a) - budgetOf(b))
      .map(tableRow),
  );
  return [columns, ...rows].map((row) => `${row.join(',')}\n`).join('');
}

function budgetOf({ cell }: FinishedCell): number {
  return cell.windowsPerClass ?? 0;
}

function tableRow({ cell, method, figures }: FinishedCell): readonly (string | number)[] {
  const { intervals } = figures;
  return [
    method.name,
    cell.windowsPerClass ?? '',
    cell.seed,
    ...comparedFigures.map((figure) => figures[figure]),
    ...comparedFigures.flatMap((figure): readonly (string | number)[] => {
      const interval = intervals?.[figure];
      return interval ? [interval.low, interval.high] : ['', ''];
    }),
    cell.split?.name ?? '',
    cell.id,
    figures.clients?.weightedF1 ?? '',
  ];
}
