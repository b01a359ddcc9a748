/** Problems in a run's rounds, grouped so that a client that fails a hundred times takes one line. */

import type { RoundLine } from '../run/round-line.js';

/** Rounds of a stage in which the same problem occurred. */
export interface Trouble {
  /** The client with the problem; absent where a whole round was aborted. */
  readonly client?: string;
  readonly what: 'round aborted' | 'failed' | 'late' | 'abstained';
  readonly stage: string;
  readonly reason: string;
  readonly rounds: readonly number[];
}

/**
 * Aborted rounds first, then failed clients, late ones, and those that had nothing to train on; within each kind the
 * most frequent first.
 */
export function troublesOf(lines: readonly RoundLine[]): readonly Trouble[] {
  const byKey = new Map<string, Trouble>();
  for (const { round, ...trouble } of lines.flatMap(troublesOfRound)) {
    const key = JSON.stringify(trouble);
    byKey.set(key, { ...trouble, rounds: [...(byKey.get(key)?.rounds ?? []), round] });
  }
  const order = ['round aborted', 'failed', 'late', 'abstained'];
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
  return line.phase === 'aborted'
    ? [{ what: 'round aborted', stage, reason: line.reason, round }, ...ofClients]
    : ofClients;
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
