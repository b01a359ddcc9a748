/** The figures that sum up a confusion matrix, from counts that can be added up over people. */

import type { Confusion } from './confusion.js';
import { ratio } from './ratio.js';

export interface MainFigures {
  readonly accuracy: number;
  /** Mean over the windows' classes. */
  readonly weightedF1: number;
  /** Mean over the classes that occur. */
  readonly macroF1: number;
}

/** [class, count]: windows of the class predicted rightly, windows of the class, windows predicted to be of it. */
export type ClassCounts = Float64Array;

const COUNTS = 3;

/** All that the main figures need of a confusion matrix. */
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

/** F1 of a class; `null` without a window of the class. */
export function f1Of(counts: ClassCounts, ofClass: number): number | null {
  const actual = counts[COUNTS * ofClass + 1]!;
  return actual === 0 ? null : ratio(2 * counts[COUNTS * ofClass]!, actual + counts[COUNTS * ofClass + 2]!);
}

/** @param counts - Of at least one window. */
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
