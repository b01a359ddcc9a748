/** How many windows have a label of each task, and how many lack it. */

import { count } from '../../report/format.js';
import type { Markup } from '../../report/markup.js';
import { table } from '../../report/table.js';
import type { TasksResult } from '../tasks-result.js';

const sets = [
  { heading: 'To learn from', of: 'training' },
  { heading: 'To validate on', of: 'validation' },
  { heading: 'To test on', of: 'test' },
] as const;

export function labelsTable({ windows, labels }: Pick<TasksResult, 'windows' | 'labels'>): Markup {
  return table({
    caption:
      'Windows with a label of the task, in at least one of its outputs, and windows that have labels of other tasks only.',
    groups: [{ heading: '', span: 1 }, ...sets.map(({ heading }) => ({ heading, span: 2 }))],
    columns: [
      { heading: 'Task', kind: 'text' },
      ...sets.flatMap(() => ['Present', 'Missing'].map((heading) => ({ heading, kind: 'number' as const }))),
    ],
    rows: Object.entries(labels).map(([task, present]) => [
      task,
      ...sets.flatMap(({ of }) => [count(present[of]), count(windows[of] - present[of])]),
    ]),
  });
}
