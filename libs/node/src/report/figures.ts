/** The figures that summarise an evaluation, in the order in which reports show them. */

import type { Evaluation, Interval } from '@gaitway/core';
import { count, estimate, share } from './format.js';

export interface Figure {
  readonly name: string;
  readonly of: (evaluation: Evaluation) => number | null;
  /** Undefined where the figure has no interval. */
  readonly intervalOf: (evaluation: Evaluation) => Interval | undefined;
}

export const figures: readonly Figure[] = [
  { name: 'Weighted F1', of: ({ weightedF1 }) => weightedF1, intervalOf: byPeople('weightedF1') },
  { name: 'Macro F1', of: ({ macroF1 }) => macroF1, intervalOf: byPeople('macroF1') },
  { name: 'Accuracy', of: ({ accuracy }) => accuracy, intervalOf: byPeople('accuracy') },
  { name: 'Kappa', of: ({ kappa }) => kappa, intervalOf: () => undefined },
  { name: 'ROC AUC', of: ({ rocAuc }) => rocAuc, intervalOf: () => undefined },
];

function byPeople(name: 'weightedF1' | 'macroF1' | 'accuracy'): Figure['intervalOf'] {
  return ({ intervals }) => (intervals.kind === 'people' ? intervals[name] : undefined);
}

/** Text of an evaluation's figure with its interval: `0.732 [0.69, 0.77]`. */
export function estimateOf({ of, intervalOf }: Figure, evaluation: Evaluation): string {
  return estimate(of(evaluation), intervalOf(evaluation));
}

/**
 * Explains where the intervals come from, or why there are none.
 *
 * @param who - How to name the people.
 */
export function intervalNote({ intervals }: Evaluation, who = 'test people'): string {
  if (intervals.kind === 'none') {
    return `No intervals: ${intervals.reason}.`;
  }
  const { level, resamples, people } = intervals;
  return `In brackets: ${share(level, 1)} intervals from ${count(resamples)} resamples of the ${count(people)} ${who}.`;
}
