/** Formats a finished cell as one line for the terminal, with an estimate of the time for the others. */

import { duration, score } from '../../report/format.js';
import { failedCells, type CellOutcome } from './cell-outcome.js';
import type { Cell } from './cells.js';

export interface ExperimentProgress {
  readonly done: number;
  readonly all: number;
  readonly remainingSeconds: number;
}

/**
 * Text such as `selfhar-w10-seed1: weighted F1 0.732, 48 s (3 of 24; about 12 min left)`, with the names of the methods
 * where several share the cell.
 */
export function cellText(
  { id }: Cell,
  outcomes: readonly CellOutcome[],
  { done, all, remainingSeconds: left }: ExperimentProgress,
): string {
  const finished = outcomes.filter((outcome) => outcome.kind === 'finished');
  const scores = finished.map(
    ({ method, figures }) => `${outcomes.length > 1 ? `${method.name} ` : ''}${score(figures.weightedF1)}`,
  );
  const what = [
    ...(finished[0] ? [`weighted F1 ${scores.join(', ')}, ${duration(finished[0].seconds)}`] : []),
    ...[...(failedCells(outcomes).get(id) ?? [])].map((reason) => `failed: ${reason}`),
  ];
  const time = done < all ? `; about ${duration(left)} left` : '';
  return `${id}: ${what.join('; ')} (${done} of ${all}${time})`;
}

/**
 * Estimated time for `open` cells, given that `ended` cells took `seconds` with the same number running in parallel.
 */
export function remainingSeconds({
  seconds,
  ended,
  open,
}: Readonly<Record<'seconds' | 'ended' | 'open', number>>): number {
  return (seconds / ended) * open;
}
