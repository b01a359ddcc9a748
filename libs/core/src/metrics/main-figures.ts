/** The figures that summarise a confusion matrix, from counts that can be added over people. */

import type { Confusion, PersonFigures } from './confusion.js';

/** A ratio whose denominator may be 0: `null` where the whole is 0, as the ratio is undefined there. */
export function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

/** The figures that summarise a confusion matrix. */
export interface MainFigures {
  readonly accuracy: number;
  /** Mean over the classes, weighted by their numbers of windows. */
  readonly weightedF1: number;
  /** Mean over the classes that occur. */
  readonly macroF1: number;
}

/** Correctly predicted windows of the class, windows of the class, windows predicted as it; shape [class, count]. */
export type ClassCounts = Float64Array;

const COUNTS = 3;

/** The counts of a confusion matrix that the main figures need. */
export function classCountsOf(confusion: Confusion): ClassCounts {
  const counts = new Float64Array(COUNTS * confusion.length);
  confusion.forEach((row, actual) => {
    counts[COUNTS * actual]! += row[actual]!;
    row.forEach((windows, predicted) => {
      counts[COUNTS * actual + 1]! += windows;
      counts[COUNTS * predicted + 2]! += windows;
    });
  });
  return counts;
}

/** F1 of a class; `null` where no window is of the class. */
export function f1Of(counts: ClassCounts, ofClass: number): number | null {
  const actual = counts[COUNTS * ofClass + 1]!;
  return actual === 0 ? null : ratio(2 * counts[COUNTS * ofClass]!, actual + counts[COUNTS * ofClass + 2]!);
}

/** @param counts - Counts of at least one window. */
export function mainFiguresOf(counts: ClassCounts): MainFigures {
  let [windows, right, classes, overWindows, overClasses] = [0, 0, 0, 0, 0];
  for (let index = 0; index < counts.length / COUNTS; index++) {
    const f1 = f1Of(counts, index);
    if (f1 !== null) {
      const support = counts[COUNTS * index + 1]!;
      windows += support;
      right += counts[COUNTS * index]!;
      classes++;
      overWindows += support * f1;
      overClasses += f1;
    }
  }
  return { accuracy: right / windows, weightedF1: overWindows / windows, macroF1: overClasses / classes };
}

/**
 * Accuracy, weighted F1 and macro F1 on the windows of one tested person, of whom there is at least one.
 *
 * @example
 * const { weightedF1 } = figuresOfPerson(evaluation.people[0]);
 */
export function figuresOfPerson({ confusion }: PersonFigures): MainFigures {
  return mainFiguresOf(classCountsOf(confusion));
}
