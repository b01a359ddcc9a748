/** The figures of a model on labelled windows: the shape that result.json, reports and pages read. */

import type { Calibration } from './calibration.js';
import type { PersonFigures } from './confusion.js';
import type { NoIntervals, PeopleIntervals } from './people-intervals.js';

/** Figures of one class against the rest. `null` where a figure does not exist, never 0 or NaN instead. */
export interface ClassFigures {
  readonly name: string;
  /** `null` without a window of the class, or without one predicted to be. */
  readonly precision: number | null;
  /** `null` without a window of the class. */
  readonly recall: number | null;
  /** `null` without a window of another class. */
  readonly specificity: number | null;
  /** `null` without a window of the class. */
  readonly f1: number | null;
  /** `null` without a window of the class or of another. */
  readonly rocAuc: number | null;
  /** Windows of this class. */
  readonly support: number;
}

/** Figures of the classes put together. `null` where no class has the figure. */
export interface AverageFigures {
  readonly precision: number | null;
  readonly recall: number | null;
  readonly specificity: number | null;
}

/** Ways to put the figures of the classes together; those of F1 stand in {@link Evaluation} itself. */
export interface Averages {
  /** Mean over the classes that occur and have the figure. */
  readonly macro: AverageFigures;
  /** The same, each class counting as many times as it has windows. */
  readonly weighted: AverageFigures;
  /** From the outcomes of all classes added up. */
  readonly micro: AverageFigures;
}

export interface Evaluation {
  readonly windows: number;
  readonly accuracy: number;
  /** Mean over the windows' classes. */
  readonly weightedF1: number;
  /** Mean over the classes that occur. */
  readonly macroF1: number;
  /** Equals the accuracy, as each window has one class. */
  readonly microF1: number;
  /** Precision, recall and specificity over all classes. */
  readonly averages: Averages;
  /** Cohen's kappa; `null` where chance alone would agree always. */
  readonly kappa: number | null;
  /** Mean over the classes that have one; `null` where none has, as all windows are of one class. */
  readonly rocAuc: number | null;
  /** Mean negative log probability of the true class, which counts as 1e-15 where it is lower. */
  readonly logLoss: number;
  /** Whether the model is right as often as it is sure. */
  readonly calibration: Calibration;
  /** How far the figures depend on who was tested, or why that is not known. Names nobody. */
  readonly intervals: PeopleIntervals | NoIntervals;
  /** Each tested person, in the order in which their windows come; absent where it is not known whose these are. */
  readonly people?: readonly PersonFigures[];
  /** [truth][prediction] */
  readonly confusion: readonly (readonly number[])[];
  readonly classes: readonly ClassFigures[];
}
