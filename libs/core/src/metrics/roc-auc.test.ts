import { describe, expect, it } from 'vitest';
import { createRng } from '../math/random.js';
import { rocAuc } from './classification.js';

/** The definition: a pair of a positive and a negative counts 1 where the positive scores higher, a half on a tie. */
function byPairs(scores: Float64Array, positive: Uint8Array): number {
  let [wins, pairs] = [0, 0];
  scores.forEach((high, p) => {
    scores.forEach((low, n) => {
      if (positive[p] === 1 && positive[n] === 0) {
        pairs++;
        wins += high > low ? 1 : high === low ? 0.5 : 0;
      }
    });
  });
  return wins / pairs;
}

describe('the area under the ROC curve', () => {
  it('is 1 for a perfect order, 0 for the reverse, a half where all scores are equal', () => {
    expect(rocAuc(Float64Array.of(0.1, 0.9, 0.2, 0.8), Uint8Array.of(0, 1, 0, 1))).toBe(1);
    expect(rocAuc(Float64Array.of(0.1, 0.9, 0.2, 0.8), Uint8Array.of(1, 0, 1, 0))).toBe(0);
    expect(rocAuc(Float64Array.of(0.3, 0.3, 0.3), Uint8Array.of(1, 0, 1))).toBe(0.5);
  });

  it('is the share of pairs in the right order, ties a half, by counting them all', () => {
    const rng = createRng(3);
    for (let table = 0; table < 100; table++) {
      const positive = Uint8Array.from({ length: 40 }, (_, window) => (window < 2 ? window : rng.integer(2)));
      const scores = Float64Array.from({ length: 40 }, () => rng.integer(8) / 8);
      expect(Math.abs(rocAuc(scores, positive)! - byPairs(scores, positive))).toBeLessThan(1e-12);
    }
  });

  it('does not exist without a positive or without a negative', () => {
    expect(rocAuc(Float64Array.of(0.1, 0.2), Uint8Array.of(0, 0))).toBeNull();
    expect(rocAuc(Float64Array.of(0.1, 0.2), Uint8Array.of(1, 1))).toBeNull();
  });
});
