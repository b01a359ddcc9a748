/**
 * The table of an experiment as CSV, with a line for each method in each finished cell. It has no times, so the same
 * cells give the same bytes.
 */

import { comparedFigures, type FinishedCell } from '../cells/cell-outcome.js';
import type { Experiment } from '../experiment.js';

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
