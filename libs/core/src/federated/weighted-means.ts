/**
 * Means of the updates: weighted by their examples (McMahan et al. 2017, arXiv 1602.05629, algorithm 1), or per local
 * step (FedNova: Wang et al. 2020, arXiv 2007.07481, section 4).
 */

import type { RoundedSum } from '../math/long-vectors.js';
import { exactSum, GRID } from './exact-sum.js';
import type { Aggregator, LocalSteps } from './strategy.js';

export interface WeightedSum {
  /** Exact; shape [parameter]. */
  readonly sum: RoundedSum;
  readonly examples: number;
}

/** Σ examples · delta / Σ examples, bit for bit the same in every order. */
export function weightedMean(): Aggregator<WeightedSum> {
  return {
    name: 'weighted-mean',
    linear: true,
    minUpdates: 1,
    init: (size) => ({ sum: exactSum(size), examples: 0 }),
    accept: ({ sum, examples }, update) => {
      sum.add(update.delta, update.examples);
      return { sum, examples: examples + update.examples };
    },
    addSum: ({ sum, examples }, added) => {
      const { values } = sum;
      for (let index = 0; index < values.length; index++) {
        values[index]! += added[index]! * GRID; // exact, as both are multiples of the grid
      }
      return { sum, examples: examples + (added[values.length] ?? 0) };
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

export interface NormalisedSum {
  /** Σ examples / steps · delta, exact on the grid; shape [parameter]. */
  readonly sum: RoundedSum;
  readonly examples: number;
  /** Σ examples · steps. A bigint, which is exact whatever clients claim. */
  readonly work: bigint;
}

/**
 * τ Σ p delta / steps, with p a client's share of the examples and τ = Σ p steps the effective number of steps. Where
 * all clients take the same number of steps it is the weighted mean. The result has the same bits in every order and
 * grouping: an addend depends on its own update only, and is rounded to the grid before it is added.
 */
export function normalisedMean(localSteps: LocalSteps): Aggregator<NormalisedSum> {
  return {
    name: 'normalised-mean',
    linear: true,
    minUpdates: 1,
    init: (size) => ({ sum: exactSum(size), examples: 0, work: 0n }),
    accept: ({ sum, examples, work }, update) => {
      const steps = localSteps(update.examples);
      sum.add(update.delta, update.examples / steps);
      return { sum, examples: examples + update.examples, work: work + BigInt(update.examples) * BigInt(steps) };
    },
    finish: ({ sum, examples, work }) => {
      const effectiveSteps = Number(work) / examples;
      return sum.values.map((value) => (effectiveSteps * value) / examples);
    },
  };
}
