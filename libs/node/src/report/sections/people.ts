/** How well the models do on each test person. */

import { figuresOfPerson } from '@gaitway/core/metrics';
import type { Evaluation, PersonFigures } from '@gaitway/core';
import { columnsOf, type Comparison } from '../comparison.js';
import { count, points, score } from '../format.js';
import { type Content, type Markup, nothing } from '../markup.js';
import { section } from '../page.js';
import { type Column, type ColumnGroup, table } from '../table.js';

/** No markup where the figures of single people are not known. */
export function peopleSection(comparison: Comparison): Markup {
  const { people } = comparison.final.evaluation;
  if (!people) {
    return nothing;
  }
  const models = columnsOf(comparison);
  const number = (heading: string): Column => ({ heading, kind: 'number' });
  const groups: readonly ColumnGroup[] = [
    { heading: '', span: 2 },
    ...models.map(({ heading }) => ({ heading, span: 2 })),
    ...(comparison.teacher ? [{ heading: 'Difference', span: 1 }] : []),
  ];
  return section(
    'Each test person',
    table({
      caption: 'Figures of the windows of each person. Weighted F1 counts an activity by its windows of that person.',
      groups,
      columns: [
        { heading: 'Person', kind: 'text' },
        number('Windows'),
        ...models.flatMap(() => ['Accuracy', 'Weighted F1'].map(number)),
        ...(comparison.teacher ? [number('Weighted F1')] : []),
      ],
      rows: people.map((person) => personRow(comparison, person)),
    }),
  );
}

function personRow({ teacher, final }: Comparison, { name, windows }: PersonFigures): readonly Content[] {
  const [before, after] = [teacher?.evaluation, final.evaluation].map((evaluation) => figuresOf(evaluation, name));
  const cells = (figures: typeof before): readonly string[] =>
    [figures?.accuracy ?? null, figures?.weightedF1 ?? null].map(score);
  return [
    name,
    count(windows),
    ...(teacher ? cells(before) : []),
    ...cells(after),
    ...(teacher ? [points(before?.weightedF1 ?? null, after?.weightedF1 ?? null)] : []),
  ];
}

function figuresOf(evaluation: Evaluation | undefined, name: string): ReturnType<typeof figuresOfPerson> | undefined {
  const person = evaluation?.people?.find((tested) => tested.name === name);
  return person && figuresOfPerson(person);
}
