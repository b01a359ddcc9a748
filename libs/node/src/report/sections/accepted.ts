/** The windows whose labels the clients accepted from their teacher. */

import type { ClientResult } from '../../run/run-result.js';
import { classSymbol, legendList } from '../charts/palette.js';
import { acceptedOf, acceptedWindows, stackedBars, type StackedBars } from '../charts/stacked-bars.js';
import { count, counted, countOrWithheld, share } from '../format.js';
import { markup, type Markup, nothing } from '../markup.js';
import { folded, scrollable, section } from '../page.js';
import { type Column, table } from '../table.js';

/** Maximum number of clients drawn as bars; all of them are in the table. */
const MAX_BARS = 20;

/** No markup where no client accepted a window, as in a study without a teacher. */
export function acceptedSection(clients: readonly ClientResult[], activities: readonly string[]): Markup {
  const accepted = clients.reduce((sum, client) => sum + acceptedWindows(client), 0);
  if (accepted === 0) {
    return nothing;
  }
  const windows = clients.reduce((sum, client) => sum + (client.windows ?? 0), 0);
  const drawn = clients.toSorted((a, b) => acceptedWindows(b) - acceptedWindows(a)).slice(0, MAX_BARS);
  const which = drawn.length < clients.length ? ` The ${count(drawn.length)} clients with the most are drawn.` : '';
  const all = `${count(accepted)} of their ${counted(windows, 'window')} (${share(accepted, windows)})`;
  return section(
    'Accepted windows',
    markup`<p class="note">In their last round the clients used ${all}.${which}</p>
  ${acceptedBars({ title: 'Accepted windows of each client', bars: drawn, activities })}
  ${folded(`All ${counted(clients.length, 'client')} as a table`, clientTable(clients, activities))}`,
  );
}

function clientTable(clients: readonly ClientResult[], activities: readonly string[]): Markup {
  const numbers = (heading: string): Column => ({ heading, kind: 'number' });
  return table({
    caption: 'Windows of each client, and those it accepted by activity. A client withholds small numbers.',
    columns: [{ heading: 'Client', kind: 'text' }, ...['Rounds', 'Windows', 'Accepted', ...activities].map(numbers)],
    rows: clients.map((client) => [
      client.name,
      count(client.rounds),
      countOrWithheld(client.windows),
      count(acceptedWindows(client)),
      ...activities.map((activity) => countOrWithheld(acceptedOf(client, activity))),
    ]),
  });
}

/** A bar chart of accepted windows, with a legend. */
export function acceptedBars(drawing: StackedBars): Markup {
  const { title, activities } = drawing;
  const legend = legendList([
    ...activities.map((activity, index) => ({ symbol: classSymbol(index), text: activity })),
    { symbol: markup`<rect class="track" x="4" width="22" height="18" />`, text: 'not accepted' },
  ]);
  return markup`${legend}
  ${scrollable(title, stackedBars(drawing))}`;
}
