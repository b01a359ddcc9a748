/** An ended cell as one line on the terminal, with how long the others will take. */

import { duration, score } from '../report/format.js';
import type { CellOutcome } from './cell-outcome.js';

export interface ExperimentProgress {
  readonly done: number;
  readonly all: number;
  readonly remainingSeconds: number;
}

/** `selfhar-w10-seed1: weighted F1 0.732, 48 s (3 of 24; about 12 min left)` */
export function cellText(outcome: CellOutcome, { done, all, remainingSeconds: left }: ExperimentProgress): string {
  const what =
    outcome.kind === 'finished'
      ? `weighted F1 ${score(outcome.figures.weightedF1)}, ${duration(outcome.seconds)}`
      : `failed: ${outcome.reason}`;
  const time = done < all ? `; about ${duration(left)} left` : '';
  return `${outcome.cell.id}: ${what} (${done} of ${all}${time})`;
}

/** What `open` cells take where `ended` ones took so many seconds, with as many side by side. */
export function remainingSeconds({
  seconds,
  ended,
  open,
}: Readonly<Record<'seconds' | 'ended' | 'open', number>>): number {
  return (seconds / ended) * open;
}
