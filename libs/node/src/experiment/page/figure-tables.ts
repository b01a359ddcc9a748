/** The numbers behind the drawings. */

import { duration, estimate, NO_FIGURE } from '../../report/format.js';
import type { Content, Markup } from '../../report/markup.js';
import { table, type Column } from '../../report/table.js';
import { comparedFigures, type FinishedCell } from '../cell-outcome.js';
import type { Experiment } from '../experiment.js';
import { meansOf } from '../means.js';

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
    caption: 'Means over the seeds, with their intervals.',
    columns: [text('Method'), number('Windows per class'), number('Seeds'), ...figureColumns],
    rows: weighted.map(({ method, windowsPerClass, seeds }, row) => [
      method,
      budgetCell(windowsPerClass),
      seeds,
      ...[weighted, macro, accuracy].map((means) => {
        const mean = means[row];
        return estimate(mean?.value ?? null, mean?.interval);
      }),
    ]),
  });
}

/** A row for each finished cell. */
export function cellsTable(finished: readonly FinishedCell[]): Markup {
  return table({
    caption: 'Each cell with its own intervals, where people were resampled.',
    columns: [text('Method'), number('Windows per class'), number('Seed'), ...figureColumns, number('Duration')],
    rows: finished.map(({ cell, figures, seconds }) => [
      cell.method.name,
      budgetCell(cell.windowsPerClass),
      cell.seed,
      ...comparedFigures.map((figure) => estimate(figures[figure], figures.intervals?.[figure])),
      duration(seconds),
    ]),
  });
}
