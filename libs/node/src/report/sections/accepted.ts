/** Which windows the clients accepted from their teacher. */

import type { ClientResult } from '../../run/run-result.js';
import { acceptedOf, acceptedWindows, stackedBars } from '../charts/stacked-bars.js';
import { classBlock } from '../charts/palette.js';
import { count, counted, share } from '../format.js';
import { markup, nothing, type Markup } from '../markup.js';
import { folded, scrollable, section } from '../section.js';
import { table, type Column } from '../table.js';

/** Clients drawn as bars; all of them are in the table. */
const MOST_BARS = 20;

/** Nothing where no client accepted a window, as in a study without a teacher. */
export function acceptedSection(clients: readonly ClientResult[], activities: readonly string[]): Markup {
  const accepted = clients.reduce((sum, client) => sum + acceptedWindows(client), 0);
  if (accepted === 0) {
    return nothing;
  }
  const windows = clients.reduce((sum, client) => sum + client.windows, 0);
  const drawn = clients.toSorted((a, b) => acceptedWindows(b) - acceptedWindows(a)).slice(0, MOST_BARS);
  const which = drawn.length < clients.length ? ` The ${count(drawn.length)} clients with the most are drawn.` : '';
  const all = `${count(accepted)} of their ${counted(windows, 'window')} (${share(accepted, windows)})`;
  return section(
    'Accepted windows',
    markup`<p class="note">In their last round the clients used ${all}.${which}</p>
  ${legend(activities)}
  ${scrollable('Accepted windows of each client', stackedBars(drawn, activities))}
  ${folded(`All ${counted(clients.length, 'client')} as a table`, clientTable(clients, activities))}`,
  );
}

const SWATCH = { x: 0, y: 0, width: 22, height: 18 };

function legend(activities: readonly string[]): Markup {
  const { width, height } = SWATCH;
  const entry = (block: Markup, name: string): Markup => {
    const size = markup`viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"`;
    return markup`<li><svg class="swatch" aria-hidden="true" ${size}>${block}</svg>${name}</li>`;
  };
  const track = markup`<rect class="track" width="${width}" height="${height}" />`;
  return markup`<ul class="legend-list">
    ${activities.map((activity, index) => entry(classBlock(index, SWATCH), activity))}
    ${entry(track, 'not accepted')}
  </ul>`;
}

function clientTable(clients: readonly ClientResult[], activities: readonly string[]): Markup {
  const numbers = (heading: string): Column => ({ heading, kind: 'number' });
  return table({
    caption: 'Windows of each client, and those it accepted by activity.',
    columns: [{ heading: 'Client', kind: 'text' }, ...['Rounds', 'Windows', 'Accepted', ...activities].map(numbers)],
    rows: clients.map((client) => [
      client.name,
      count(client.rounds),
      count(client.windows),
      count(acceptedWindows(client)),
      ...activities.map((activity) => count(acceptedOf(client, activity))),
    ]),
  });
}
