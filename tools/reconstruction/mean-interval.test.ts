import { createRng } from '@gaitway/core';
import { expect, it } from 'vitest';
import { meanDifference, meanInterval } from './mean-interval.js';

it('is as wide as the resampled means are spread', () => {
  expect(meanInterval([[0.25], [0.25], [0.25]], createRng(1))).toEqual({ mean: 0.25, low: 0.25, high: 0.25 });
  // A resample of two updates has the mean 0 or 1 in a quarter of the cases each.
  expect(meanInterval([[0], [1]], createRng(1))).toEqual({ mean: 0.5, low: 0, high: 1 });
});

it('narrows with the root of the number of updates: 1.96 standard errors to each side', () => {
  const updates = Array.from({ length: 400 }, (_, index) => [index % 2]);
  const { mean, low, high } = meanInterval(updates, createRng(2));
  expect(mean).toBe(0.5);
  expect(high - low).toBeCloseTo(2 * 1.96 * (0.5 / 20), 1);
});

it('resamples an update as a whole, and leaves out one in which nothing was found', () => {
  const many = (value: number): readonly number[] => new Array<number>(100).fill(value);
  expect(meanInterval([many(0), many(1), []], createRng(3))).toEqual({ mean: 0.5, low: 0, high: 1 });
});

it('pairs the updates of both sides of a difference', () => {
  // Each pair differs by 0.25, however far the pairs are apart.
  expect(meanDifference([[0.25], [1.25], [5]], [[0], [1], []], createRng(4))).toEqual({
    mean: 0.25,
    low: 0.25,
    high: 0.25,
  });
  expect(meanDifference([[1, 1], [1]], [[0, 0], [1]], createRng(4))).toMatchObject({ low: 0, high: 1 });
});
