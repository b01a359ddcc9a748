import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aggregated, column, aggregationVectors as vectors } from '../testing/aggregation-vectors.js';
import { aggregatorContract } from './aggregator.contract.js';
import type { ClientUpdate } from './update.js';
import { weightedMean, normalisedMean, type NormalisedSum } from './weighted-means.js';

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

aggregatorContract(normalisedMean(() => 2));

/** One epoch in batches of 10. */
const perTen = normalisedMean((examples) => Math.ceil(examples / 10));

describe('normalisedMean', () => {
  it('averages what clients learned per step, and goes as many steps as they took on average', () => {
    // Shares 1/4 and 3/4; steps 1 and 3; effective steps 1/4 + 9/4 = 2.5. Per step 1 and 2: 1/4 + 6/4 = 1.75.
    expect(aggregated(perTen, column(1, 6), [10, 30])).toEqual([4.375]);
    // FedAvg would say 4.75: the client with more steps pulls more.
    expect(aggregated(weightedMean(), column(1, 6), [10, 30])).toEqual([4.75]);
  });

  it('is the weighted mean where all take as many steps', () => {
    const deltas = [
      [1, -2],
      [5, 6],
    ];
    expect(
      aggregated(
        normalisedMean(() => 4),
        deltas,
        [3, 1],
      ),
    ).toEqual(aggregated(weightedMean(), deltas, [3, 1]));
  });

  it('undoes the steps of a client that is alone', () => {
    expect(aggregated(perTen, column(6), [30])).toEqual([6]);
  });

  it('gives the same bits in every order, also of steps that do not divide, and of any claims', () => {
    const anyUpdate: fc.Arbitrary<ClientUpdate> = fc.record({
      client: fc.string(),
      delta: fc
        .float({ noNaN: true, min: Math.fround(-1e-3), max: Math.fround(1e-3) })
        .map((value) => Float32Array.of(value)),
      examples: fc.oneof(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 1, max: 1e10 })),
    });
    const cases = fc.array(anyUpdate, { minLength: 1, maxLength: 9 }).chain((updates) =>
      fc.record({
        updates: fc.constant(updates),
        shuffled: fc.shuffledSubarray(updates, { minLength: updates.length }),
      }),
    );
    const accepted = (updates: readonly ClientUpdate[]): NormalisedSum =>
      updates.reduce((state, update) => perTen.accept(state, update), perTen.init(1));
    fc.assert(
      fc.property(cases, ({ updates, shuffled }) => {
        const whole = perTen.finish(accepted(updates));
        expect(perTen.finish(accepted(shuffled))).toEqual(whole);
      }),
    );
  });
});
