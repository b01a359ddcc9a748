/** What came of the attacks, for people. */

import type { MeanInterval } from './mean-interval.js';
import type { AttackResult, Control } from './run-attack.js';

const columns = [
  ['attack', 18],
  ['update', 13],
  ['kernels', 8],
  ['compared', 9],
  ['found', 8],
  ['copies', 6],
  ['best match', 24],
  ['same person', 24],
  ['difference', 26],
  ['other people', 24],
  ['difference', 26],
  ['a client with the default policy', 0],
] as const;

/** The names of the columns. */
export function heading(): string {
  return lineOf(columns.map(([name]) => name));
}

/** One attack in one setting. */
export function rowOf(result: AttackResult): string {
  const { attack, steps, batch, kernels, length, reconstructions, examples, verbatim, controls } = result;
  return lineOf([
    attack,
    `${steps} ${steps === 1 ? 'step' : 'steps'} of ${batch}`,
    kernels.join(', '),
    `${length}`,
    `${reconstructions}/${examples}`,
    `${verbatim}`,
    intervalText(result.match),
    intervalText(controls.samePerson.match),
    intervalText(controls.samePerson.difference),
    intervalText(controls.others.match),
    intervalText(controls.others.difference),
    verdictOf(result),
  ]);
}

/** Whether the default policy keeps the client out, and if it does not, what its updates give away. */
export function verdictOf({ refused, controls }: Pick<AttackResult, 'refused' | 'controls'>): string {
  if (refused !== undefined) {
    return `refuses: ${refused}`;
  }
  if (isBetter(controls.samePerson)) {
    return 'gives windows away';
  }
  return isBetter(controls.others) ? 'gives away how the person moves, but no windows' : 'gives nothing away';
}

function isBetter({ difference }: Control): boolean {
  return difference !== undefined && difference.low > 0;
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
