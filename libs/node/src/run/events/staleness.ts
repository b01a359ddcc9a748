/** The staleness of updates in rounds with a buffer: how old the models were that they were trained from. */

import type { RoundLine } from '../round-line.js';

/** Staleness in rounds. */
export interface Staleness {
  readonly mean: number;
  readonly most: number;
}

/** The staleness of all updates among the outcomes; undefined where none has any. */
export function stalenessOf(outcomes: RoundLine['clients']): Staleness | undefined {
  const found = outcomes.flatMap((entry) =>
    entry.outcome === 'answered' && entry.staleness !== undefined ? [entry.staleness] : [],
  );
  if (found.length === 0) {
    return undefined;
  }
  const sum = found.reduce((total, staleness) => total + staleness, 0);
  return { mean: sum / found.length, most: found.reduce((most, staleness) => Math.max(most, staleness), 0) };
}
