/** Made-up evaluations that hang together: every figure follows from a confusion matrix. */

import type { ClassFigures, Evaluation } from '@gaitway/core';

/** The evaluation of a confusion matrix [truth][prediction]; areas under the curve and log loss are made up from it. */
export function evaluationOf(confusion: readonly (readonly number[])[], names: readonly string[]): Evaluation {
  const supports = confusion.map((row) => sum(row));
  const windows = sum(supports);
  const classes = names.map((name, index) => figuresOf(name, index, confusion));
  const right = sum(confusion.map((row, index) => row[index]!));
  const chance = sum(supports.map((support, index) => support * columnSum(confusion, index))) / windows ** 2;
  const occurring = classes.filter(({ support }) => support > 0);
  const accuracy = right / windows;
  return {
    windows,
    accuracy,
    weightedF1: sum(classes.map(({ f1, support }) => (f1 ?? 0) * support)) / windows,
    macroF1: sum(occurring.map(({ f1 }) => f1 ?? 0)) / occurring.length,
    microF1: accuracy,
    kappa: (accuracy - chance) / (1 - chance),
    rocAuc: sum(occurring.map(({ rocAuc }) => rocAuc ?? 0)) / occurring.length,
    logLoss: 2 * (1 - accuracy),
    confusion,
    classes,
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
 * A confusion matrix of classes whose neighbours in the list are mixed up.
 *
 * @param supports - Windows of each class.
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
