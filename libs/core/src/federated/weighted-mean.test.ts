import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { aggregatorContract } from './aggregator.contract.js';
import { weightedMean, type WeightedSum } from './weighted-mean.js';

/** Made with NumPy in float64. */
const vectors = JSON.parse(readFileSync(new URL('../testing/vectors/aggregation.json', import.meta.url), 'utf8')) as {
  deltas: number[][];
  examples: number[];
  weightedMean: number[];
};

aggregatorContract(weightedMean());

function meanOf(deltas: readonly (readonly number[])[], examples: readonly number[]): Float64Array {
  const mean = weightedMean();
  const start: WeightedSum = mean.init(deltas[0]!.length);
  return mean.finish(
    deltas.reduce(
      (state, delta, index) =>
        mean.accept(state, { client: `${index}`, delta: Float32Array.from(delta), examples: examples[index]! }),
      start,
    ),
  );
}

describe('weightedMean', () => {
  it('weights each delta by its examples', () => {
    expect([
      ...meanOf(
        [
          [1, -2],
          [5, 6],
        ],
        [3, 1],
      ),
    ]).toEqual([2, 0]);
  });

  it('agrees with NumPy', () => {
    meanOf(vectors.deltas, vectors.examples).forEach((value, index) => {
      expect(value).toBeCloseTo(vectors.weightedMean[index]!, 6);
    });
  });
});
