/** What reports show about baselines: their figures, and whether one of them is better than the final model. */

import type { BaselineResult } from '@gaitway/core';
import type { Run } from '../run/read-run.js';
import type { Comparison } from './comparison.js';
import { figures, type Figure } from './figures.js';
import { score } from './format.js';

/** The figures that have intervals: weighted F1, macro F1, accuracy. */
export const baselineFigures: readonly Figure[] = figures.slice(0, 3);

/**
 * A sentence about the baseline with the highest weighted F1 if that is higher than the final model's, to three digits;
 * undefined if it is not.
 */
export function defeatText({ result }: Run, { final }: Comparison): string | undefined {
  const best = result.baselines?.reduce<BaselineResult | undefined>(
    (most, next) => (most && most.evaluation.weightedF1 >= next.evaluation.weightedF1 ? most : next),
    undefined,
  );
  const [theirs, ours] = [best?.evaluation.weightedF1 ?? 0, final.evaluation.weightedF1];
  return best && Number(score(theirs)) > Number(score(ours))
    ? `The baseline ${best.name} beats the final model: a weighted F1 of ${score(theirs)} against ${score(ours)}.`
    : undefined;
}
