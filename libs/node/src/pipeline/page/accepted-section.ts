/** The windows about which the teachers of the steps were confident enough. */

import { acceptedBars } from '../../report/accepted-bars.js';
import { acceptedOf, type AcceptedOf } from '../../report/charts/stacked-bars.js';
import { count } from '../../report/format.js';
import { markup, nothing, type Markup } from '../../report/markup.js';
import { folded, section } from '../../report/section.js';
import { table, type Column } from '../../report/table.js';
import type { NamedStep } from './named-steps.js';

/** No markup where no step learned from a teacher. */
export function acceptedSection(steps: readonly NamedStep[], activities: readonly string[]): Markup {
  const bars = steps.flatMap(({ name, line }): AcceptedOf[] => {
    const selection = line.training?.selection;
    return selection ? [{ name, windows: selection.windows, accepted: selection.accepted }] : [];
  });
  return bars.length === 0
    ? nothing
    : section(
        'Accepted windows',
        markup`<p class="note">Windows that the teacher labelled, by the activity it gave those that were accepted.</p>
  ${acceptedBars({ title: 'Accepted windows of each step', bars, activities })}
  ${folded('The same as a table', acceptedTable(bars, activities))}`,
      );
}

function acceptedTable(bars: readonly AcceptedOf[], activities: readonly string[]): Markup {
  const numbers = (heading: string): Column => ({ heading, kind: 'number' });
  return table({
    caption: 'Accepted windows of each step by activity.',
    columns: [{ heading: 'Step', kind: 'text' }, ...['Windows', ...activities].map(numbers)],
    rows: bars.map((bar) => [
      bar.name,
      count(bar.windows),
      ...activities.map((activity) => count(acceptedOf(bar, activity))),
    ]),
  });
}
