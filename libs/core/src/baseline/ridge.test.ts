import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fitRidge, ridgeScores } from './ridge.js';

interface RidgeCase {
  readonly name: string;
  readonly features: number;
  readonly train: readonly number[];
  readonly classOf: readonly number[];
  readonly test: readonly number[];
  /** The penalty with the lowest criterion of generalised cross-validation. */
  readonly penalty: number;
  /** The penalty with the lowest squared error of leave-one-out cross-validation. */
  readonly leaveOneOutPenalty: number;
  readonly scores: readonly number[];
}

const { cases } = JSON.parse(readFileSync(new URL('../testing/vectors/ridge.json', import.meta.url), 'utf8')) as {
  readonly cases: readonly RidgeCase[];
};

describe('ridge classification', () => {
  it.each(cases)('has the penalty and the scores of scikit-learn: $name', (expected) => {
    const { features } = expected;
    const classifier = fitRidge({ values: Float64Array.from(expected.train), features }, expected.classOf, 3);
    expect(classifier.penalty).toBe(expected.penalty);
    expect(classifier.penalty).toBe(expected.leaveOneOutPenalty);
    const scores = ridgeScores(classifier, { values: Float64Array.from(expected.test), features });
    expect(scores).toHaveLength(expected.scores.length);
    scores.forEach((score, place) => {
      expect(score).toBeCloseTo(expected.scores[place]!, 9);
    });
  });

  it('never chooses a class that it saw no row of', () => {
    const classifier = fitRidge({ values: Float64Array.of(1, 2, 3, 4), features: 1 }, [0, 0, 2, 2], 3);
    const [low, none, high] = ridgeScores(classifier, { values: Float64Array.of(4), features: 1 });
    expect(none).toBe(-1);
    expect(high).toBeGreaterThan(low!);
  });

  it('chooses the only class there is', () => {
    const rows = { values: Float64Array.of(1, 2, 3), features: 1 };
    expect([...ridgeScores(fitRidge(rows, [1, 1, 1], 2), rows)]).toEqual([-1, 1, -1, 1, -1, 1]);
    const one = { values: Float64Array.of(5, 6), features: 2 };
    expect([...ridgeScores(fitRidge(one, [0], 2), one)]).toEqual([1, -1]);
  });
});
