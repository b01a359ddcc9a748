/**
 * The mean of the updates, weighted by their examples (McMahan et al. 2017, arXiv 1602.05629, algorithm 1). Its sums are
 * exact: see docs/adr/0004-exact-sums.md.
 */

import type { Aggregator } from './aggregator.js';
import type { RoundedSum } from '../math/long-vectors.js';
import { addSum, exactSum } from './exact-sum.js';

export interface WeightedSum {
  /** Exact; shape [parameter]. */
  readonly sum: RoundedSum;
  readonly examples: number;
}

/** Σ examples · delta / Σ examples, bit for bit the same in every order and grouping. */
export function weightedMean(): Aggregator<WeightedSum> {
  return {
    name: 'weighted-mean',
    linear: true,
    leastUpdates: 1,
    init: (size) => ({ sum: exactSum(size), examples: 0 }),
    accept: ({ sum, examples }, update) => {
      sum.add(update.delta, update.examples);
      return { sum, examples: examples + update.examples };
    },
    combine: ({ sum, examples }, other) => {
      addSum(sum, other.sum);
      return { sum, examples: examples + other.examples };
    },
    finish: ({ sum, examples }) => {
      const mean = new Float64Array(sum.values.length);
      for (let index = 0; index < mean.length; index++) {
        mean[index] = sum.values[index]! / examples;
      }
      return mean;
    },
  };
}
