/** What came of the attacks, for people. */

import type { MeanInterval } from './mean-interval.js';
import type { AttackResult } from './run-attack.js';

const columns = [
  ['attack', 18],
  ['update', 13],
  ['kernels', 8],
  ['compared', 9],
  ['found', 8],
  ['copies', 6],
  ['best match', 24],
  ['another client', 24],
  ['difference', 26],
  ['from windows held out', 26],
  ['a client with the default policy', 0],
] as const;

/** The names of the columns. */
export function heading(): string {
  return lineOf(columns.map(([name]) => name));
}

/** One attack in one setting. */
export function rowOf(result: AttackResult): string {
  const { attack, steps, batch, kernels, length, reconstructions, examples, verbatim } = result;
  return lineOf([
    attack,
    `${steps} ${steps === 1 ? 'step' : 'steps'} of ${batch}`,
    kernels.join(', '),
    `${length}`,
    `${reconstructions}/${examples}`,
    `${verbatim}`,
    intervalText(result.match),
    intervalText(result.control),
    intervalText(result.difference),
    intervalText(result.memorised),
    verdictOf(result),
  ]);
}

/**
 * Whether the default policy keeps the client out, and if it does not, what its updates give away: windows, where it is
 * matched better than windows of its own on which it never trained, or whose update it is, where it is matched better than
 * another client.
 */
export function verdictOf({
  refused,
  difference,
  memorised,
}: Pick<AttackResult, 'refused' | 'difference' | 'memorised'>): string {
  if (refused !== undefined) {
    return `refuses: ${refused}`;
  }
  if (memorised && memorised.low > 0) {
    return 'gives away windows';
  }
  return difference && difference.low > 0 ? 'gives away no window, but whose the update is' : 'gives nothing away';
}

function lineOf(cells: readonly string[]): string {
  return cells
    .map((cell, index) => cell.padEnd(columns[index]![1]))
    .join(' ')
    .trimEnd();
}

function intervalText(interval: MeanInterval | undefined): string {
  return interval
    ? `${interval.mean.toFixed(3)} (${interval.low.toFixed(3)} to ${interval.high.toFixed(3)})`
    : 'nothing found';
}
