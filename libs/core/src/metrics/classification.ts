/**
 * Evaluates class probabilities against the true classes: figures of each class, and their averages over all classes.
 */

import { calibrationOf } from './calibration.js';
import { type Confusion, confusionByPerson, confusionOf, kappaOf, outcomesOf } from './confusion.js';
import type { ClassFigures, Evaluation, AverageFigures, Averages } from './evaluation.js';
import { classCountsOf, f1Of, mainFiguresOf, ratio } from './main-figures.js';
import { peopleIntervals } from './people-intervals.js';
import { type Predictions, requirePredictions, mostProbable } from './probabilities.js';

/**
 * Lower probabilities of the true class count as this one: a single confident mistake must not make the log loss
 * infinite.
 */
const LOWEST_PROBABILITY = 1e-15;
const LEVEL = 0.95;
const RESAMPLES = 1000;

/**
 * All figures of an evaluation. The predicted class of a window is the most probable one, the first where several are
 * equal.
 *
 * @throws InvalidInput when there are no windows, a true class is not in `classes`, a probability is outside [0, 1], or
 *   truth, probabilities and people have different numbers of windows.
 *
 * @example
 * evaluateClassification({ truth: [0, 1], probabilities: [0.8, 0.2, 0.3, 0.7], classes: ['sit', 'walk'] }).accuracy; //
 * 1
 */
export function evaluateClassification(predictions: Predictions): Evaluation {
  requirePredictions(predictions);
  const { truth, probabilities, classes } = predictions;
  const predicted = Uint32Array.from({ length: truth.length }, (_, window) =>
    mostProbable(probabilities, window, classes.length),
  );
  const confusion = confusionOf(truth, predicted, classes.length);
  const figures = classFigures(predictions, confusion);
  const main = mainFiguresOf(classCountsOf(confusion));
  return {
    windows: truth.length,
    ...main,
    // Each window has one true and one predicted class, so each wrong one is one false positive and one false negative.
    microF1: main.accuracy,
    averages: averagesOf(confusion, figures),
    kappa: kappaOf(confusion),
    rocAuc: meanOf(figures.map((figure) => figure.rocAuc)),
    logLoss: logLoss(predictions),
    calibration: calibrationOf(truth, probabilities, classes.length),
    ...ofPeople(predictions, predicted),
    confusion,
    classes: figures,
  };
}

function ofPeople(
  { truth, classes, people }: Predictions,
  predicted: Uint32Array,
): Pick<Evaluation, 'intervals' | 'people'> {
  if (!people) {
    return { intervals: { kind: 'none', reason: 'it is not known whose windows these are' } };
  }
  const figures = confusionByPerson(truth, predicted, { classes: classes.length, ofWindow: people.ofWindow });
  const confusions = figures.map(({ confusion }) => confusion);
  const intervals = peopleIntervals({ confusionOf: confusions, level: LEVEL, resamples: RESAMPLES, rng: people.rng });
  return { intervals, people: figures };
}

function classFigures({ truth, probabilities, classes }: Predictions, confusion: Confusion): readonly ClassFigures[] {
  const counts = classCountsOf(confusion);
  return classes.map((name, index) => {
    const { truePositives, falsePositives, falseNegatives, trueNegatives } = outcomesOf(confusion, index);
    const support = truePositives + falseNegatives;
    const scores = Float64Array.from(truth, (_, window) => probabilities[window * classes.length + index]!);
    return {
      name,
      precision: support > 0 ? ratio(truePositives, truePositives + falsePositives) : null,
      recall: ratio(truePositives, support),
      specificity: ratio(trueNegatives, trueNegatives + falsePositives),
      f1: f1Of(counts, index),
      rocAuc: rocAuc(
        scores,
        Uint8Array.from(truth, (actual) => (actual === index ? 1 : 0)),
      ),
      support,
    };
  });
}

/** Mean negative log probability of the true class. */
function logLoss({ truth, probabilities, classes }: Predictions): number {
  let sum = 0;
  for (let window = 0; window < truth.length; window++) {
    sum -= Math.log(Math.max(LOWEST_PROBABILITY, probabilities[window * classes.length + truth[window]!]!));
  }
  return sum / truth.length;
}

/** Mean of the figures that exist. */
function meanOf(figures: readonly (number | null)[]): number | null {
  const present = figures.filter((figure) => figure !== null);
  return ratio(
    present.reduce((sum, figure) => sum + figure, 0),
    present.length,
  );
}

/**
 * Area under the ROC curve, by ranks (J. A. Hanley and B. J. McNeil, Radiology 143, 1982: it is the Mann-Whitney
 * statistic): the probability that a positive window scores higher than a negative one, where equal scores count a
 * half. `null` where there are no positives or no negatives.
 *
 * @param scores - Shape [window]
 * @param positive - 1 where the window is positive, else 0; shape [window]
 */
export function rocAuc(scores: Float64Array, positive: Uint8Array): number | null {
  const order = Uint32Array.from(scores.keys()).sort((a, b) => scores[a]! - scores[b]!);
  const positives = positive.reduce((sum, one) => sum + one, 0);
  const negatives = positive.length - positives;
  if (positives === 0 || negatives === 0) {
    return null;
  }
  let rankSum = 0;
  for (let start = 0; start < order.length;) {
    let end = start;
    let positivesHere = 0;
    while (end < order.length && scores[order[end]!] === scores[order[start]!]) {
      positivesHere += positive[order[end]!]!;
      end++;
    }
    // Ranks count from 1; equal scores share the mean of their ranks start + 1 … end.
    rankSum += (positivesHere * (start + 1 + end)) / 2;
    start = end;
  }
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}

/** @param classes - The figures of each class of `confusion`. */
function averagesOf(confusion: Confusion, classes: readonly ClassFigures[]): Averages {
  const occurring = classes.filter(({ support }) => support > 0);
  return {
    macro: meansOf(occurring, () => 1),
    weighted: meansOf(occurring, ({ support }) => support),
    micro: pooled(confusion),
  };
}

function meansOf(classes: readonly ClassFigures[], weightOf: (figures: ClassFigures) => number): AverageFigures {
  const mean = (of: (figures: ClassFigures) => number | null): number | null => {
    let [sum, weights] = [0, 0];
    for (const figures of classes) {
      const value = of(figures);
      if (value !== null) {
        sum += weightOf(figures) * value;
        weights += weightOf(figures);
      }
    }
    return ratio(sum, weights);
  };
  return {
    precision: mean(({ precision }) => precision),
    recall: mean(({ recall }) => recall),
    specificity: mean(({ specificity }) => specificity),
  };
}

function pooled(confusion: Confusion): AverageFigures {
  const outcomes = confusion.map((_, index) => outcomesOf(confusion, index));
  const total = (name: keyof (typeof outcomes)[number]): number => outcomes.reduce((sum, each) => sum + each[name], 0);
  const truePositives = total('truePositives');
  const trueNegatives = total('trueNegatives');
  return {
    precision: ratio(truePositives, truePositives + total('falsePositives')),
    recall: ratio(truePositives, truePositives + total('falseNegatives')),
    specificity: ratio(trueNegatives, trueNegatives + total('falsePositives')),
  };
}
