/** What a choice came to: plain JSON data. */

import type { SelectionCalibration } from '../train/selection/calibrated.js';

export interface FoldFigures {
  /** Who was held out, in words. */
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
  /** Over the folds. */
  readonly mean: Pick<FoldFigures, 'weightedF1' | 'macroF1' | 'logLoss'>;
}

export interface Choice {
  /** In the study's order. */
  readonly candidates: readonly CandidateFigures[];
  /** Name of one of them. */
  readonly chosen: string;
  /** Why it says little, where it does. */
  readonly weak?: string;
  /** Of the chosen candidate's teacher, on the people who were held out. */
  readonly calibration: SelectionCalibration;
}
