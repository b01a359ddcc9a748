/**
 * Random draws in tests: an Rng that returns given draws, for results computed by hand, and sample statistics for
 * tests of distributions.
 */

import type { Rng } from '../math/random.js';

interface Script {
  readonly uniform?: readonly number[];
  readonly normal?: readonly number[];
  readonly integer?: readonly number[];
}

/** Returns the draws in order; throws when none are left, and for kinds of draws that a script cannot have. */
export function scriptedRng(script: Script): Rng {
  const next = (kind: keyof Script): (() => number) => {
    const draws = (script[kind] ?? []).values();
    return () => {
      const { value, done } = draws.next();
      if (done) {
        throw new Error(`No ${kind} draw is left in the script`);
      }
      return value;
    };
  };
  const missing = (): never => {
    throw new Error('The script has uniform, normal and integer draws only');
  };
  const [uniform, normal, integer] = [next('uniform'), next('normal'), next('integer')];
  return { uniform, normal, integer, uint32: missing, fill: missing, fork: missing };
}

export function mean(values: ArrayLike<number>): number {
  return Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
}

export function standardDeviation(values: ArrayLike<number>): number {
  const centre = mean(values);
  return Math.sqrt(mean(Array.from(values, (value) => (value - centre) ** 2)));
}

export function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const [centreA, centreB] = [mean(a), mean(b)];
  const products = Array.from(a, (value, index) => (value - centreA) * (b[index]! - centreB));
  return mean(products) / (standardDeviation(a) * standardDeviation(b));
}

/** Pearson's chi-squared statistic of counts against equal frequencies. */
export function chiSquaredUniform(counts: ArrayLike<number>): number {
  const expected = mean(counts);
  return Array.from(counts).reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}
