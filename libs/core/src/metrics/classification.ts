/** Figures of class probabilities against the truth. */

import { InvalidInput } from '../errors.js';
import { accuracyOf, confusionOf, kappaOf, outcomesOf, type Outcomes } from './confusion.js';
import type { ClassFigures, Evaluation } from './evaluation.js';
import { mostProbable, requireProbabilities } from './probabilities.js';
import { rocAuc } from './roc-auc.js';

/** What a model said about windows whose class is known. */
export interface Predictions {
  /** [window]; index into `classes`. */
  readonly truth: ArrayLike<number>;
  /** [window, class] */
  readonly probabilities: ArrayLike<number>;
  readonly classes: readonly string[];
}

const SOURCE = 'evaluation';
/** Lower probabilities of the true class count as this one: a single sure mistake must not make the log loss infinite. */
const LOWEST_PROBABILITY = 1e-15;

/**
 * All figures of an evaluation. A window is predicted to be of its most probable class, the first of several.
 *
 * @throws InvalidInput when there are no windows, a true class is not in `classes`, a probability is outside [0, 1], or
 * the two tables have different numbers of windows.
 *
 * @example
 * evaluateClassification({ truth: [0, 1], probabilities: [0.8, 0.2, 0.3, 0.7], classes: ['sit', 'walk'] }).accuracy; // 1
 */
export function evaluateClassification(predictions: Predictions): Evaluation {
  const { truth, probabilities, classes } = predictions;
  requirePredictions(predictions);
  const windows = truth.length;
  const predicted = Uint32Array.from({ length: windows }, (_, window) =>
    mostProbable(probabilities, window, classes.length),
  );
  const confusion = confusionOf(truth, predicted, classes.length);
  const figures = classes.map((_, index) => classFigures(predictions, index, outcomesOf(confusion, index)));
  const accuracy = accuracyOf(confusion);
  return {
    windows,
    accuracy,
    weightedF1: figures.reduce((sum, { f1, support }) => sum + (f1 ?? 0) * support, 0) / windows,
    macroF1: meanOf(figures.map(({ f1 }) => f1))!,
    // With one true and one predicted class a window, each wrong window is one false positive and one false negative.
    microF1: accuracy,
    kappa: kappaOf(confusion),
    rocAuc: meanOf(figures.map((figure) => figure.rocAuc)),
    logLoss: logLoss(predictions),
    confusion,
    classes: figures,
  };
}

function classFigures({ truth, probabilities, classes }: Predictions, index: number, outcomes: Outcomes): ClassFigures {
  const { truePositives, falsePositives, falseNegatives, trueNegatives } = outcomes;
  const support = truePositives + falseNegatives;
  const occurs = support > 0;
  const scores = Float64Array.from(truth, (_, window) => probabilities[window * classes.length + index]!);
  return {
    name: classes[index]!,
    precision: occurs ? ratio(truePositives, truePositives + falsePositives) : null,
    recall: ratio(truePositives, support),
    specificity: ratio(trueNegatives, trueNegatives + falsePositives),
    f1: occurs ? ratio(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives) : null,
    rocAuc: rocAuc(
      scores,
      Uint8Array.from(truth, (actual) => (actual === index ? 1 : 0)),
    ),
    support,
  };
}

/** Mean negative log probability of the true class. */
function logLoss({ truth, probabilities, classes }: Predictions): number {
  let sum = 0;
  for (let window = 0; window < truth.length; window++) {
    sum -= Math.log(Math.max(LOWEST_PROBABILITY, probabilities[window * classes.length + truth[window]!]!));
  }
  return sum / truth.length;
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

/** Mean of the figures that exist. */
function meanOf(figures: readonly (number | null)[]): number | null {
  const present = figures.filter((figure) => figure !== null);
  return ratio(
    present.reduce((sum, figure) => sum + figure, 0),
    present.length,
  );
}

function requirePredictions({ truth, probabilities, classes }: Predictions): void {
  if (truth.length === 0) {
    throw new InvalidInput(SOURCE, [{ path: 'truth', message: 'expected at least one window, found none' }]);
  }
  for (let window = 0; window < truth.length; window++) {
    if (classes[truth[window]!] === undefined) {
      const message = `expected a class from 0 to ${classes.length - 1}, found ${truth[window]!}`;
      throw new InvalidInput(SOURCE, [{ path: `truth[${window}]`, message }]);
    }
  }
  const rows = requireProbabilities(SOURCE, probabilities, classes.length);
  if (rows !== truth.length) {
    const message = `expected ${truth.length} windows, as many as in truth, found ${rows}`;
    throw new InvalidInput(SOURCE, [{ path: 'probabilities', message }]);
  }
}
