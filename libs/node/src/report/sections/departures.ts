/** The clients that were revoked, or left for good, with the rounds to which they contributed. */

import type { Departure } from '../../run/departures.js';
import { markup, type Markup, nothing } from '../markup.js';
import { section } from '../page.js';
import { table } from '../table.js';
import { roundRanges } from './rounds.js';

/** No markup where everybody who had joined stayed. */
export function departuresSection(departures: readonly Departure[]): Markup {
  if (departures.length === 0) {
    return nothing;
  }
  return section(
    'Clients that left for good',
    markup`<p class="note">What they contributed to the averages of these rounds stays in the models. To leave it out, start the study again without them.</p>
  ${departureTable(departures)}`,
  );
}

function departureTable(departures: readonly Departure[]): Markup {
  const headings = ['Client', 'What', 'Reason', 'Took part in'];
  return table({
    caption: 'Clients that had joined and were not there when the last round ended.',
    columns: headings.map((heading) => ({ heading, kind: 'text' })),
    rows: departures.map(({ client, what, reason, rounds }) => [client, what, reason, roundsText(rounds)]),
  });
}

function roundsText(rounds: Departure['rounds']): string {
  return [...rounds].map(([stage, numbers]) => `${stage} ${roundRanges(numbers)}`).join('; ') || 'no round';
}
