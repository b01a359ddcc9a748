/** The figures of a model on labelled windows, in the shape that result.json, reports and pages use. */

import type { Calibration } from './calibration.js';
import type { PersonFigures } from './confusion.js';
import type { NoIntervals, PeopleIntervals } from './people-intervals.js';

/** Figures of one class against the rest. `null` where a figure is undefined, never 0 or NaN instead. */
export interface ClassFigures {
  readonly name: string;
  /** `null` where no window is of the class, or none is predicted as it. */
  readonly precision: number | null;
  /** `null` where no window is of the class. */
  readonly recall: number | null;
  /** `null` where no window is of another class. */
  readonly specificity: number | null;
  /** `null` where no window is of the class. */
  readonly f1: number | null;
  /** `null` where no window is of the class, or none of another. */
  readonly rocAuc: number | null;
  /** Number of windows of this class. */
  readonly support: number;
}

/** Averages over the classes. `null` where no class has the figure. */
export interface AverageFigures {
  readonly precision: number | null;
  readonly recall: number | null;
  readonly specificity: number | null;
}

/** Kinds of averages over the classes; those of F1 are in {@link Evaluation} itself. */
export interface Averages {
  /** Mean over the classes that occur and have the figure. */
  readonly macro: AverageFigures;
  /** Mean weighted by the number of windows of each class. */
  readonly weighted: AverageFigures;
  /** Computed from the outcomes of all classes added up. */
  readonly micro: AverageFigures;
}

/** Figures of a model on labelled test windows. */
export interface Evaluation {
  readonly windows: number;
  readonly accuracy: number;
  /** Mean over the classes, weighted by their numbers of windows. */
  readonly weightedF1: number;
  /** Mean over the classes that occur. */
  readonly macroF1: number;
  /** Equal to the accuracy, because each window has one class. */
  readonly microF1: number;
  /** Precision, recall and specificity over all classes. */
  readonly averages: Averages;
  /** Cohen's kappa; `null` where agreement by chance is certain. */
  readonly kappa: number | null;
  /** Mean over the classes that have one; `null` where none has, because all windows are of one class. */
  readonly rocAuc: number | null;
  /** Mean negative log probability of the true class, which counts as 1e-15 where it is lower. */
  readonly logLoss: number;
  /** Whether the model's accuracy agrees with its confidence. */
  readonly calibration: Calibration;
  /** How far the figures depend on who was tested, or why that is not known. Contains no names. */
  readonly intervals: PeopleIntervals | NoIntervals;
  /**
   * Figures of each tested person, in the order of their windows; absent where the people of the windows are not known.
   */
  readonly people?: readonly PersonFigures[];
  /** Counts of windows, shape [truth][prediction]. */
  readonly confusion: readonly (readonly number[])[];
  readonly classes: readonly ClassFigures[];
}
