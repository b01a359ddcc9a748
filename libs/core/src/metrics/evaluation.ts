/** The figures of a model on labelled windows: the shape that result.json, reports and pages read. */

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

export interface Evaluation {
  readonly windows: number;
  readonly accuracy: number;
  /** Mean over the windows' classes. */
  readonly weightedF1: number;
  /** Mean over the classes that occur. */
  readonly macroF1: number;
  /** Equals the accuracy, as each window has one class. */
  readonly microF1: number;
  /** Cohen's kappa; `null` where chance alone would agree always. */
  readonly kappa: number | null;
  /** Mean over the classes that have one; `null` where none has, as all windows are of one class. */
  readonly rocAuc: number | null;
  /** Mean negative log probability of the true class, which counts as 1e-15 where it is lower. */
  readonly logLoss: number;
  /** [truth][prediction] */
  readonly confusion: readonly (readonly number[])[];
  readonly classes: readonly ClassFigures[];
}
