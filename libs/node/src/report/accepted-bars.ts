/** A bar chart of accepted windows, with a legend. */

import { classSymbol, legendList } from './charts/legend-list.js';
import { stackedBars, type StackedBars } from './charts/stacked-bars.js';
import { markup, type Markup } from './markup.js';
import { scrollable } from './section.js';

export function acceptedBars(drawing: StackedBars): Markup {
  const { title, activities } = drawing;
  const legend = legendList([
    ...activities.map((activity, index) => ({ symbol: classSymbol(index), text: activity })),
    { symbol: markup`<rect class="track" x="4" width="22" height="18" />`, text: 'not accepted' },
  ]);
  return markup`${legend}
  ${scrollable(title, stackedBars(drawing))}`;
}
