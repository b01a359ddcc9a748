import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bestSplit, rankFeatures } from './feature-table.js';

const tableOf = (values: readonly number[], classOf: readonly number[], classes = 2) =>
  rankFeatures({ values: Float64Array.from(values), features: 1, classOf, classes });
const allRows = (count: number): Uint32Array => Uint32Array.from({ length: count }, (_, row) => row);

/** The definition: the weighted Gini impurity 1 - sum of squared shares of both sides. */
function impurity(values: readonly number[], classOf: readonly number[], threshold: number): number {
  const sides = [true, false].map((low) => classOf.filter((_, row) => values[row]! <= threshold === low));
  return sides.reduce((sum, side) => {
    const shares = [0, 1, 2].map((index) => side.filter((actual) => actual === index).length / side.length);
    return sum + (side.length / classOf.length) * (1 - shares.reduce((total, share) => total + share ** 2, 0));
  }, 0);
}

describe('the best split', () => {
  it('lies in the middle between two classes that do not overlap', () => {
    const split = bestSplit(tableOf([5, 1, 6, 2], [1, 0, 1, 0]), allRows(4), 0);
    // Two of two on each side: 4 / 2 + 4 / 2.
    expect(split).toEqual({ feature: 0, threshold: 3.5, purity: 4 });
  });

  it('has the least Gini impurity of all cuts between different values', () => {
    const row = fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 2 }));
    fc.assert(
      fc.property(fc.array(row, { minLength: 2, maxLength: 15 }), (rows) => {
        const [values, classOf] = [rows.map(([value]) => value), rows.map(([, actual]) => actual)];
        const split = bestSplit(tableOf(values, classOf, 3), allRows(rows.length), 0);
        const cuts = [...new Set(values)].sort((a, b) => a - b).slice(0, -1);
        if (!split) {
          expect(cuts).toEqual([]);
        } else {
          const least = Math.min(...cuts.map((cut) => impurity(values, classOf, cut)));
          expect(impurity(values, classOf, split.threshold)).toBeCloseTo(least, 10);
        }
      }),
    );
  });

  it('counts rows that were drawn twice twice', () => {
    const table = tableOf([1, 2, 3], [0, 1, 0]);
    expect(bestSplit(table, Uint32Array.of(0, 1, 2, 2, 2), 0)).toMatchObject({ threshold: 2.5 });
    expect(bestSplit(table, Uint32Array.of(0, 0, 0, 1, 2), 0)).toMatchObject({ threshold: 1.5 });
  });

  it('parts neighbours that are as close as numbers can be', () => {
    const next = 1 + Number.EPSILON;
    const threshold = bestSplit(tableOf([1, next], [0, 1]), allRows(2), 0)!.threshold;
    expect(threshold).toBeGreaterThanOrEqual(1);
    expect(threshold).toBeLessThan(next);
  });

  it('does not exist where all values are equal', () => {
    expect(bestSplit(tableOf([2, 2], [0, 1]), allRows(2), 0)).toBeUndefined();
  });
});
