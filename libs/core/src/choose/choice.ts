/**
 * The result of a choice between candidates, as plain JSON data: which one a comparison favours, and the study that
 * runs with it.
 */

import { deepFreeze } from '../study/parse-study.js';
import { withCandidate } from '../study/plans/with-candidate.js';
import type { Stage, Study } from '../study/study.js';
import type { SelectionCalibration } from '../train/selection/calibrated.js';
import type { Orientation } from './orientation.js';

export interface FoldFigures {
  /** Who was held out, as text. */
  readonly heldOut: string;
  readonly windows: number;
  readonly weightedF1: number;
  readonly macroF1: number;
  /** Mean negative log probability of the true class. */
  readonly logLoss: number;
}

export interface CandidateFigures {
  readonly name: string;
  readonly folds: readonly FoldFigures[];
  /** Means over the folds. */
  readonly mean: Pick<FoldFigures, 'weightedF1' | 'macroF1' | 'logLoss'>;
}

export interface Choice {
  /** In the order of the study. */
  readonly candidates: readonly CandidateFigures[];
  /** Name of the chosen candidate. */
  readonly chosen: string;
  /** Why the choice is weak; absent if it is not. */
  readonly weak?: string;
  /** How the labelled people carry the sensor; absent where it is not known. */
  readonly orientation?: Orientation;
  /** Calibration of the chosen candidate's teacher, fitted on the people who were held out. */
  readonly calibration: SelectionCalibration;
}

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

/**
 * The study with the chosen candidate and, in stages whose selection is `calibrated`, with the temperature and the
 * thresholds fitted to its teacher. Stages that specify their own keep them. Parsing the result gives the same study.
 *
 * @throws Error when the study has no such candidate
 */
export function resolvedStudy(written: Study, { chosen, calibration }: Pick<Choice, 'chosen' | 'calibration'>): Study {
  const candidate = written.choose?.candidates.find(({ name }) => name === chosen);
  if (!candidate) {
    throw new Error(`Study "${written.name}" has no candidate "${chosen}"`);
  }
  const study = withCandidate(written, candidate);
  const stages = study.stages.map((stage): Stage =>
    stage.selection?.kind === 'calibrated' && !stage.selection.thresholds
      ? { ...stage, selection: { ...stage.selection, ...calibration } }
      : stage,
  );
  return deepFreeze({ ...study, stages });
}
