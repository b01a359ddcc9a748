/** How old the models were that the updates of rounds began from, where rounds are buffers. */

import type { RoundLine } from './round-line.js';

/** In rounds. */
export interface Staleness {
  readonly mean: number;
  readonly most: number;
}

/** Of all updates among the outcomes; undefined where none says it. */
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
