/** Made-up evaluations that are consistent: every figure follows from a confusion matrix. */

import type { ClassFigures, Evaluation } from '@gaitway/core';

/**
 * The evaluation of a confusion matrix of shape [truth][prediction]; areas under the curve, log loss, calibration and
 * intervals are made up from it.
 */
export function evaluationOf(confusion: readonly (readonly number[])[], names: readonly string[]): Evaluation {
  const supports = confusion.map((row) => sum(row));
  const windows = sum(supports);
  const classes = names.map((name, index) => figuresOf(name, index, confusion));
  const right = sum(confusion.map((row, index) => row[index]!));
  const chance = sum(supports.map((support, index) => support * columnSum(confusion, index))) / windows ** 2;
  const occurring = classes.filter(({ support }) => support > 0);
  const accuracy = right / windows;
  const weightedF1 = sum(classes.map(({ f1, support }) => (f1 ?? 0) * support)) / windows;
  const macroF1 = sum(occurring.map(({ f1 }) => f1 ?? 0)) / occurring.length;
  return {
    windows,
    accuracy,
    weightedF1,
    macroF1,
    microF1: accuracy,
    averages: averagesOf(classes),
    kappa: (accuracy - chance) / (1 - chance),
    rocAuc: sum(occurring.map(({ rocAuc }) => rocAuc ?? 0)) / occurring.length,
    logLoss: 2 * (1 - accuracy),
    calibration: calibrationOf(windows, right),
    intervals: intervalsAround({ weightedF1, macroF1, accuracy }),
    confusion,
    classes,
  };
}

/** The plain means for every kind of average. */
function averagesOf(classes: readonly ClassFigures[]): Evaluation['averages'] {
  const occurring = classes.filter(({ support }) => support > 0);
  const mean = (name: 'precision' | 'recall' | 'specificity'): number =>
    sum(occurring.map((figures) => figures[name] ?? 0)) / occurring.length;
  const figures = { precision: mean('precision'), recall: mean('recall'), specificity: mean('specificity') };
  return { macro: figures, weighted: figures, micro: figures };
}

/** All windows are in the two highest bins, and the model is slightly overconfident. */
function calibrationOf(windows: number, right: number): Evaluation['calibration'] {
  const sure = Math.floor(windows / 2);
  const empty = Array.from({ length: 13 }, () => ({ windows: 0, confidence: null, accuracy: null }));
  const rest = { windows: windows - sure, confidence: 0.9, accuracy: right / windows };
  return { error: 0.05, bins: [...empty, rest, { windows: sure, confidence: 0.98, accuracy: right / windows }] };
}

function intervalsAround(figures: Pick<Evaluation, 'weightedF1' | 'macroF1' | 'accuracy'>): Evaluation['intervals'] {
  const around = (figure: number): { readonly low: number; readonly high: number } => ({
    low: Math.max(0, figure - 0.04),
    high: Math.min(1, figure + 0.03),
  });
  return {
    kind: 'people',
    level: 0.95,
    people: 5,
    resamples: 1000,
    weightedF1: around(figures.weightedF1),
    macroF1: around(figures.macroF1),
    accuracy: around(figures.accuracy),
  };
}

function figuresOf(name: string, index: number, confusion: readonly (readonly number[])[]): ClassFigures {
  const support = sum(confusion[index]!);
  const predicted = columnSum(confusion, index);
  const others = sum(confusion.map((row) => sum(row))) - support;
  const right = confusion[index]![index]!;
  const recall = support > 0 ? right / support : null;
  return {
    name,
    precision: support > 0 && predicted > 0 ? right / predicted : null,
    recall,
    specificity: 1 - (predicted - right) / others,
    f1: support > 0 ? (2 * right) / (support + predicted) : null,
    rocAuc: recall === null ? null : 1 - (1 - recall) / 5,
    support,
  };
}

/**
 * A confusion matrix in which classes are confused with their neighbours in the list.
 *
 * @param supports - Number of windows of each class.
 * @param skill - 0: wrong half the time; 1: always right.
 */
export function confusionOf(supports: readonly number[], skill: number): number[][] {
  return supports.map((support, truth) => {
    const row = new Array<number>(supports.length).fill(0);
    const missed = Math.round(support * (1 - skill) * (0.3 + 0.2 * ((truth * 7) % 3)));
    const near = truth % 2 === 0 ? truth + 1 : truth - 1;
    const neighbour = near < supports.length ? near : 0;
    const far = (truth + 3) % supports.length;
    row[truth] = support - missed;
    row[neighbour]! += missed - Math.floor(missed / 4);
    row[far]! += Math.floor(missed / 4);
    return row;
  });
}

function columnSum(confusion: readonly (readonly number[])[], column: number): number {
  return sum(confusion.map((row) => row[column]!));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
