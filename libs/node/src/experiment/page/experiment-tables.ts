/** The tables of an experiment's page: the numbers behind the charts, and the comparisons of methods. */

import type { PairedDifference } from '@gaitway/core/metrics';
import { duration, estimate, NO_FIGURE, score } from '../../report/format.js';
import type { Content, Markup } from '../../report/markup.js';
import { differenceText, errorRemovedText } from '../../report/paired-differences.js';
import { type Column, table } from '../../report/table.js';
import { comparedFigures, type FinishedCell } from '../cells/cells.js';
import type { Experiment } from '../experiment.js';
import type { Comparison } from '../figures/comparisons.js';
import { clientMeanOf, meansOf } from '../figures/means.js';

const text = (heading: string): Column => ({ heading, kind: 'text' });
const number = (heading: string): Column => ({ heading, kind: 'number' });
const figureColumns = ['Weighted F1', 'Macro F1', 'Accuracy'].map(number);

const budgetCell = (windowsPerClass: number | undefined): Content => windowsPerClass ?? NO_FIGURE;

/** A row for each method and label budget. */
export function meansTable(experiment: Experiment, finished: readonly FinishedCell[]): Markup {
  const [weighted = [], macro = [], accuracy = []] = comparedFigures.map((figure) =>
    meansOf(experiment, finished, figure),
  );
  return table({
    caption:
      'Means over the cells, with their intervals, and the weighted F1 of the lowest cell and on the people of the clients.',
    columns: [
      text('Method'),
      number('Windows per class'),
      number('Cells'),
      ...figureColumns,
      number('Lowest'),
      number("Clients' people"),
    ],
    rows: weighted.map((ofMethod, row) => [
      ofMethod.method,
      budgetCell(ofMethod.windowsPerClass),
      ofMethod.cells,
      ...[weighted, macro, accuracy].map((means) => {
        const mean = means[row];
        return estimate(mean?.value ?? null, mean?.interval);
      }),
      score(ofMethod.lowest),
      score(clientMeanOf(ofMethod, finished) ?? null),
    ]),
  });
}

/** A row for each method in each finished cell. */
export function cellsTable(finished: readonly FinishedCell[]): Markup {
  return table({
    caption: 'Each cell with its own intervals, where people were resampled.',
    columns: [
      text('Method'),
      text('Split'),
      number('Windows per class'),
      number('Seed'),
      ...figureColumns,
      number("Clients' people"),
      number('Duration'),
    ],
    rows: finished.map(({ cell, method, figures, seconds }) => [
      method.name,
      cell.split?.name ?? NO_FIGURE,
      budgetCell(cell.windowsPerClass),
      cell.seed,
      ...comparedFigures.map((figure) => estimate(figures[figure], figures.intervals?.[figure])),
      score(figures.clients?.weightedF1 ?? null),
      duration(seconds),
    ]),
  });
}

/**
 * The comparisons of methods, with intervals for how far they depend on who was tested: a row for each pair and label
 * budget, and for test people and the clients' people.
 */
export function comparisonsTable(comparisons: readonly Comparison[]): Markup {
  return table({
    caption:
      'Weighted F1 of a method less that of the other in the same cells, mean over the cells, and the share of the' +
      " other's error (1 - weighted F1, summed over the cells) that is gone. In brackets: 95% intervals by resampling" +
      ' people, each with all of their cells.',
    columns: [
      text('Method'),
      text('Against'),
      number('Windows per class'),
      text('People'),
      number('Number'),
      number('Cells'),
      number('Difference'),
      number('Error removed'),
    ],
    rows: comparisons.flatMap((comparison) => [
      row(comparison, 'test people', comparison.test),
      ...(comparison.clients ? [row(comparison, "clients' people", comparison.clients)] : []),
    ]),
  });
}

function row(
  { method, against, windowsPerClass }: Comparison,
  who: string,
  found: PairedDifference | undefined,
): readonly Content[] {
  return [
    method,
    against,
    windowsPerClass ?? NO_FIGURE,
    who,
    found?.people ?? NO_FIGURE,
    found?.tests ?? NO_FIGURE,
    differenceText(found),
    errorRemovedText(found),
  ];
}
