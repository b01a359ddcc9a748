/** Which candidate a comparison favours. */

import type { CandidateFigures } from './choice.js';

/** Minimum gain in the mean, by the number of folds: two folds agree easily by chance. */
const CLEAR = 0.02;
const CLEAR_WITH_TWO = 0.05;

/**
 * Goes through the candidates in order and keeps the earlier one in case of doubt: a later one replaces it when its
 * weighted F1 is better in every fold, and clearly better on the mean. A few people who carry their phones alike cannot
 * show that others carry them otherwise, so a better mean alone says little.
 */
export function preferred(candidates: readonly CandidateFigures[]): string {
  const best = candidates.reduce((champion, challenger) =>
    isClearlyBetter(challenger, champion) ? challenger : champion,
  );
  return best.name;
}

function isClearlyBetter(challenger: CandidateFigures, champion: CandidateFigures): boolean {
  const everywhere = challenger.folds.every(({ weightedF1 }, fold) => weightedF1 > champion.folds[fold]!.weightedF1);
  const margin = challenger.folds.length > 2 ? CLEAR : CLEAR_WITH_TWO;
  return everywhere && challenger.mean.weightedF1 - champion.mean.weightedF1 >= margin;
}
