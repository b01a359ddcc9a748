/** Rounds that were aborted, and clients that failed, were late or had nothing to train on. */

import type { RoundLine } from '../../run/round-line.js';
import { stalenessOf } from '../../run/events/staleness.js';
import { count, counted } from '../format.js';
import { markup, nothing, type Content, type Markup } from '../markup.js';
import { folded, section } from '../section.js';
import { table } from '../table.js';
import { roundRanges, troublesOf, type Trouble } from '../troubles.js';

/** Number of lines that are shown before the rest is folded. */
const MOST_LINES = 15;

export function roundsSection(rounds: readonly RoundLine[]): Markup {
  const troubles = troublesOf(rounds);
  const rest = troubles.slice(MOST_LINES);
  return section(
    'Rounds',
    markup`<p class="note">${summary(rounds)}</p>
  ${troubles.length === 0 ? nothing : troubleTable(troubles.slice(0, MOST_LINES))}
  ${rest.length === 0 ? nothing : folded(`${count(rest.length)} more`, troubleTable(rest))}`,
  );
}

function summary(lines: readonly RoundLine[]): string {
  const onClients = lines.filter(({ where }) => where === 'clients');
  const aborted = lines.filter(({ phase }) => phase === 'aborted').length;
  const outcomes = lines.flatMap(({ clients }) => clients.map(({ outcome }) => outcome));
  const counts = (['failed', 'late', 'surplus', 'abstained'] as const)
    .map((outcome) => ({ outcome, found: outcomes.filter((other) => other === outcome).length }))
    .filter(({ outcome, found }) => found > 0 || outcome === 'failed' || outcome === 'abstained')
    .map(({ outcome, found }) => `${count(found)} ${outcome === 'surplus' ? 'not needed' : outcome}`);
  const trained = lines.filter(({ after }) => after !== undefined).length;
  const turns = trained > 0 ? ` The coordinator trained after ${count(trained)} of them.` : '';
  const staleness = stalenessOf(onClients.flatMap(({ clients }) => clients));
  const ages = staleness
    ? ` Updates began from models ${staleness.mean.toFixed(1)} rounds old on average, ${count(staleness.most)} at most.`
    : '';
  const rounds = `${counted(onClients.length, 'round')} on the clients; ${aborted === 0 ? 'none' : count(aborted)} aborted.${turns}`;
  return `${rounds} ${counted(outcomes.length, 'task')} given: ${counts.join(', ')}.${ages}`;
}

function troubleTable(troubles: readonly Trouble[]): Markup {
  return table({
    caption: 'What went wrong, most frequent first. A client abstains when it has no window to train on.',
    columns: [
      { heading: 'Client', kind: 'text' },
      { heading: 'What', kind: 'text' },
      { heading: 'Reason', kind: 'text' },
      { heading: 'Stage', kind: 'text' },
      { heading: 'Times', kind: 'number' },
      { heading: 'Rounds', kind: 'text' },
    ],
    rows: troubles.map(({ client, what, reason, stage, rounds }): readonly Content[] => [
      client ?? 'all',
      what,
      reason,
      stage,
      count(rounds.length),
      roundRanges(rounds),
    ]),
  });
}
