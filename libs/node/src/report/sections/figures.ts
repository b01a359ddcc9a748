/** The figures of teacher and final model side by side. */

import { dumbbell } from '../charts/dumbbell.js';
import { columnsOf, type Comparison } from '../comparison.js';
import { figures } from '../figures.js';
import { counted, points, score } from '../format.js';
import type { Markup } from '../markup.js';
import { section } from '../section.js';
import { table } from '../table.js';

export function figuresSection({ teacher, final }: Comparison): Markup {
  const windows = counted(final.evaluation.windows, 'test window');
  if (!teacher) {
    return section(
      'Final model',
      table({
        caption: `On ${windows}.`,
        columns: [
          { heading: 'Figure', kind: 'text' },
          { heading: final.stage, kind: 'number' },
        ],
        rows: figures.map(({ name, of }) => [name, score(of(final.evaluation))]),
      }),
    );
  }
  const headings = columnsOf({ teacher, final }).map(({ heading }) => heading);
  return section(
    'Teacher and final model',
    table({
      caption: `On ${windows}. Differences in points; a point is 0.01. Ring: teacher; disc: final model.`,
      columns: [
        { heading: 'Figure', kind: 'text' },
        ...[...headings, 'Difference'].map((heading) => ({ heading, kind: 'number' as const })),
        { heading: 'From 0 to 1', kind: 'text' },
      ],
      rows: figures.map(({ name, of }) => {
        const [before, after] = [of(teacher.evaluation), of(final.evaluation)];
        return [name, score(before), score(after), points(before, after), dumbbell(before, after)];
      }),
    }),
  );
}
