import { describe, expect, it } from 'vitest';
import { aggregated } from '../testing/aggregated.js';
import { aggregationVectors as vectors } from '../testing/aggregation-vectors.js';
import { aggregatorContract } from './aggregator.contract.js';
import { weightedMean } from './weighted-mean.js';

aggregatorContract(weightedMean());

describe('weightedMean', () => {
  it('weights each delta by its examples', () => {
    const deltas = [
      [1, -2],
      [5, 6],
    ];
    expect(aggregated(weightedMean(), deltas, [3, 1])).toEqual([2, 0]);
  });

  it('agrees with NumPy', () => {
    aggregated(weightedMean(), vectors.deltas, vectors.examples).forEach((value, index) => {
      expect(value).toBeCloseTo(vectors.weightedMean[index]!, 6);
    });
  });
});
