/** A table of what each step started from, which parts of its network learned and which were frozen. */

import { count, duration, NO_FIGURE } from '../../report/format.js';
import type { Content, Markup } from '../../report/markup.js';
import { table } from '../../report/table.js';
import type { NamedStep } from './named-steps.js';

export function learningTable(steps: readonly NamedStep[]): Markup {
  return table({
    caption: 'Frozen parts keep the values that they began with.',
    columns: [
      { heading: 'Step', kind: 'text' },
      { heading: 'Parent', kind: 'text' },
      { heading: 'Learned', kind: 'text' },
      { heading: 'Frozen', kind: 'text' },
      { heading: 'Windows held back', kind: 'number' },
      { heading: 'Time', kind: 'number' },
    ],
    rows: steps.map(learningRow),
  });
}

function learningRow({ name, line, settings, parent }: NamedStep): readonly Content[] {
  const { training, seconds } = line;
  return [
    name,
    parent?.name ?? (settings.trained_model_path || 'none'),
    training ? partNames(training.trained) : NO_FIGURE,
    training ? partNames(training.frozen) : NO_FIGURE,
    training ? count(training.validationWindows) : NO_FIGURE,
    duration(seconds),
  ];
}

function partNames(parts: readonly string[]): string {
  return parts.join(', ') || 'nothing';
}
