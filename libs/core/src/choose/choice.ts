/** The result of a choice between candidates, as plain JSON data. */

import type { SelectionCalibration } from '../train/selection/calibrated.js';

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
  /** Calibration of the chosen candidate's teacher, fitted on the people who were held out. */
  readonly calibration: SelectionCalibration;
}
