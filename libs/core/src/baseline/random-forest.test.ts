import { describe, expect, it } from 'vitest';
import { createRng } from '../math/random.js';
import { growTree, leafOf, growForest, predictForest } from './random-forest.js';
import { rankFeatures } from './feature-table.js';

/** Two classes that no single cut can part: the signs of two features are equal, or not. Two more are noise. */
function signs(count: number, seed: number) {
  const rng = createRng(seed);
  const values = Float64Array.from({ length: 4 * count }, () => 2 * rng.uniform() - 1);
  const classOf = Uint8Array.from({ length: count }, (_, row) => (values[4 * row]! * values[4 * row + 1]! > 0 ? 1 : 0));
  return { table: rankFeatures({ values, features: 4, classOf, classes: 2 }), values, classOf };
}

describe('a decision tree', () => {
  it('tells all rows apart that it learned from', () => {
    const { table, values, classOf } = signs(80, 1);
    const tree = growTree(table, Uint32Array.from(classOf.keys()), createRng(1));
    classOf.forEach((actual, row) => {
      expect(leafOf(tree, values.subarray(4 * row, 4 * row + 4))[actual]).toBe(1);
    });
  });

  it('ends in shares where the same features have different classes', () => {
    const table = rankFeatures({ values: Float64Array.of(1, 1, 1, 2), features: 1, classOf: [0, 0, 1, 1], classes: 2 });
    const tree = growTree(table, Uint32Array.of(0, 1, 2, 3), createRng(1));
    expect(leafOf(tree, Float64Array.of(1))).toEqual(Float64Array.of(2 / 3, 1 / 3));
    expect(leafOf(tree, Float64Array.of(9))).toEqual(Float64Array.of(0, 1));
  });
});

describe('a random forest', () => {
  const { table } = signs(300, 2);
  const fresh = signs(200, 3);
  const predict = (seed: number): Float64Array =>
    predictForest(growForest(table, createRng(seed)), fresh.values, table);

  it('tells rows apart that it has not seen', () => {
    const probabilities = predict(1);
    const right = fresh.classOf.filter((actual, row) => probabilities[2 * row + actual]! > 0.5);
    expect(right.length / fresh.classOf.length).toBeGreaterThan(0.85);
  });

  it('gives probabilities that sum to 1', () => {
    const probabilities = predict(1);
    fresh.classOf.forEach((_, row) => {
      expect(probabilities[2 * row]! + probabilities[2 * row + 1]!).toBeCloseTo(1, 12);
    });
  });

  it('is the same for the same seed and another for another', () => {
    expect(predict(1)).toEqual(predict(1));
    expect(predict(1)).not.toEqual(predict(2));
  });
});
