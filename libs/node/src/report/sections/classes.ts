/** The figures of each activity, for teacher and final model. */

import type { ClassFigures } from '@gaitway/core';
import type { Comparison } from '../comparison.js';
import { columnsOf } from '../comparison.js';
import { count, points, score } from '../format.js';
import type { Content, Markup } from '../markup.js';
import { section } from '../section.js';
import { table, type Column, type ColumnGroup } from '../table.js';

const classFigures: readonly { readonly heading: string; readonly of: (figures: ClassFigures) => number | null }[] = [
  { heading: 'Precision', of: ({ precision }) => precision },
  { heading: 'Recall', of: ({ recall }) => recall },
  { heading: 'Specificity', of: ({ specificity }) => specificity },
  { heading: 'F1', of: ({ f1 }) => f1 },
  { heading: 'ROC AUC', of: ({ rocAuc }) => rocAuc },
];

export function classesSection(comparison: Comparison): Markup {
  const models = columnsOf(comparison);
  const numbers = (heading: string): Column => ({ heading, kind: 'number' });
  const groups: readonly ColumnGroup[] = [
    { heading: '', span: 2 },
    ...models.map(({ heading }) => ({ heading, span: classFigures.length })),
    ...(comparison.teacher ? [{ heading: 'Difference', span: 1 }] : []),
  ];
  return section(
    'Activities',
    table({
      caption:
        'Each activity against all others. A dash: the figure does not exist, as where no test window is of the activity.',
      groups,
      columns: [
        { heading: 'Activity', kind: 'text' },
        numbers('Windows'),
        ...models.flatMap(() => classFigures.map(({ heading }) => numbers(heading))),
        ...(comparison.teacher ? [numbers('F1')] : []),
      ],
      rows: comparison.final.evaluation.classes.map((_, index) => classRow(comparison, index)),
    }),
  );
}

function classRow(comparison: Comparison, index: number): readonly Content[] {
  const final = comparison.final.evaluation.classes[index];
  const teacher = comparison.teacher?.evaluation.classes[index];
  const of = (figures: ClassFigures | undefined): string[] =>
    figures ? classFigures.map((figure) => score(figure.of(figures))) : [];
  return [
    final?.name ?? '',
    count(final?.support ?? 0),
    ...of(teacher),
    ...of(final),
    ...(teacher && final ? [points(teacher.f1, final.f1)] : []),
  ];
}
