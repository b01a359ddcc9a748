/** Tables of the evaluated steps side by side, over all windows and for each activity. */

import type { ClassFigures } from '@gaitway/core';
import type { HeadedEvaluation } from '../../report/comparison.js';
import { estimateOf, figures } from '../../report/figures.js';
import { count, score } from '../../report/format.js';
import type { Markup } from '../../report/markup.js';
import { table } from '../../report/table.js';

/** A row for each figure, a column for each evaluated step. */
export function figuresTable(models: readonly HeadedEvaluation[]): Markup {
  return table({
    caption: 'All test windows; intervals where people were resampled.',
    columns: [
      { heading: 'Figure', kind: 'text' },
      ...models.map(({ heading }) => ({ heading, kind: 'estimate' as const })),
    ],
    rows: figures.map((figure) => [figure.name, ...models.map(({ evaluation }) => estimateOf(figure, evaluation))]),
  });
}

/** A row for each activity, a column for each evaluated step. */
export function activitiesTable(models: readonly HeadedEvaluation[]): Markup {
  const classes = models[0]?.evaluation.classes ?? [];
  return table({
    caption: 'F1 of each activity. A dash: no test window is of the activity.',
    columns: [
      { heading: 'Activity', kind: 'text' },
      { heading: 'Windows', kind: 'number' },
      ...models.map(({ heading }) => ({ heading, kind: 'number' as const })),
    ],
    rows: classes.map(({ name, support }: ClassFigures, index) => [
      name,
      count(support),
      ...models.map(({ evaluation }) => score(evaluation.classes[index]?.f1 ?? null)),
    ]),
  });
}
