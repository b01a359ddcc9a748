/**
 * The rounds of a run: those that were aborted, clients that failed, were late or had nothing to train on, and the
 * amount of data that the coordinator and its clients exchanged.
 */

import { SPOILED } from '../../run/events/event-text.js';
import { type RoundLine, stalenessOf } from '../../run/round-line.js';
import type { Traffic } from '../../run/run-result.js';
import { bytes, count, counted, NO_FIGURE } from '../format.js';
import { type Content, markup, type Markup, nothing } from '../markup.js';
import { folded, section } from '../page.js';
import { table } from '../table.js';

/** Number of lines that are shown before the rest is folded. */
const MAX_LINES = 15;

export function roundsSection(rounds: readonly RoundLine[]): Markup {
  const troubles = troublesOf(rounds);
  const rest = troubles.slice(MAX_LINES);
  return section(
    'Rounds',
    markup`<p class="note">${summary(rounds)}</p>
  ${troubles.length === 0 ? nothing : troubleTable(troubles.slice(0, MAX_LINES))}
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

/** Rounds of a stage in which the same problem occurred. */
export interface Trouble {
  /** The client with the problem; absent where a whole round was aborted. */
  readonly client?: string;
  readonly what: 'round aborted' | 'left out' | 'failed' | 'late' | 'abstained';
  readonly stage: string;
  readonly reason: string;
  readonly rounds: readonly number[];
}

/**
 * The problems in a run, grouped so that a client that fails a hundred times takes one line: aborted rounds first, then
 * failed clients, late ones, and those that had nothing to train on; within each kind the
 * most frequent first.
 */
export function troublesOf(lines: readonly RoundLine[]): readonly Trouble[] {
  const byKey = new Map<string, Trouble>();
  for (const { round, ...trouble } of lines.flatMap(troublesOfRound)) {
    const key = JSON.stringify(trouble);
    byKey.set(key, { ...trouble, rounds: [...(byKey.get(key)?.rounds ?? []), round] });
  }
  const order = ['round aborted', 'left out', 'failed', 'late', 'abstained'];
  return [...byKey.values()].sort(
    (a, b) => order.indexOf(a.what) - order.indexOf(b.what) || b.rounds.length - a.rounds.length,
  );
}

type SingleTrouble = Omit<Trouble, 'rounds'> & { readonly round: number };

function troublesOfRound(line: RoundLine): SingleTrouble[] {
  const { stage, round } = line;
  const ofClients = line.clients.flatMap((entry): SingleTrouble[] =>
    entry.outcome === 'answered' || entry.outcome === 'surplus'
      ? []
      : [{ client: entry.client, what: entry.outcome, stage, reason: entry.reason, round }],
  );
  const found = (line.excluded ?? []).map((client): SingleTrouble => {
    return { client, what: 'left out', stage, reason: SPOILED, round };
  });
  return line.phase === 'aborted'
    ? [{ what: 'round aborted', stage, reason: line.reason, round }, ...found, ...ofClients]
    : [...found, ...ofClients];
}

/** Compact text for rounds: `1–3, 7`. */
export function roundRanges(rounds: readonly number[]): string {
  const ranges: [first: number, last: number][] = [];
  for (const round of rounds) {
    const open = ranges.at(-1);
    if (open?.[1] === round - 1) {
      open[1] = round;
    } else {
      ranges.push([round, round]);
    }
  }
  return ranges.map(([first, last]) => (first === last ? String(first) : `${first}–${last}`)).join(', ');
}

/** The amount of data that the coordinator and its clients exchanged. */
export function trafficSection({ bytesDown, bytesUp }: Traffic, rounds: readonly RoundLine[]): Markup {
  const clientRounds = rounds.filter(({ where }) => where === 'clients').length;
  const row = (name: string, value: number): readonly string[] => [
    name,
    bytes(value),
    clientRounds === 0 ? NO_FIGURE : bytes(value / clientRounds),
  ];
  return section(
    'Traffic',
    table({
      caption: 'Bytes between the coordinator and all clients.',
      columns: [
        { heading: 'Direction', kind: 'text' },
        { heading: 'Whole run', kind: 'number' },
        { heading: 'Mean round', kind: 'number' },
      ],
      rows: [row('To the clients', bytesDown), row('From the clients', bytesUp), row('Both', bytesDown + bytesUp)],
    }),
  );
}
