/** The figures of teacher and final model side by side. */

import { dumbbell } from '../charts/dumbbell.js';
import { columnsOf, type Comparison } from '../comparison.js';
import { estimateOf, figures, intervalNote } from '../figures.js';
import { counted, points } from '../format.js';
import type { Markup } from '../markup.js';
import { section } from '../section.js';
import { table } from '../table.js';

export function figuresSection({ teacher, final }: Comparison): Markup {
  const windows = counted(final.evaluation.windows, 'test window');
  const intervals = intervalNote(final.evaluation);
  if (!teacher) {
    return section(
      'Final model',
      table({
        caption: `On ${windows}. ${intervals}`,
        columns: [
          { heading: 'Figure', kind: 'text' },
          { heading: final.stage, kind: 'estimate' },
        ],
        rows: figures.map((figure) => [figure.name, estimateOf(figure, final.evaluation)]),
      }),
    );
  }
  return section(
    'Teacher and final model',
    table({
      caption: `On ${windows}. ${intervals} Differences in points; a point is 0.01. Ring: teacher; disc: final model.`,
      columns: [
        { heading: 'Figure', kind: 'text' },
        ...columnsOf({ teacher, final }).map(({ heading }) => ({ heading, kind: 'estimate' as const })),
        { heading: 'Difference', kind: 'number' },
        { heading: 'From 0 to 1', kind: 'text' },
      ],
      rows: figures.map((figure) => {
        const [before, after] = [figure.of(teacher.evaluation), figure.of(final.evaluation)];
        const cells = [estimateOf(figure, teacher.evaluation), estimateOf(figure, final.evaluation)];
        return [figure.name, ...cells, points(before, after), dumbbell(before, after)];
      }),
    }),
  );
}
