import { createRng } from '@gaitway/core';
import { expect, it } from 'vitest';
import { meanDifference, meanInterval } from './mean-interval.js';

it('is as wide as the resampled means are spread', () => {
  expect(meanInterval([0.25, 0.25, 0.25], createRng(1))).toEqual({ mean: 0.25, low: 0.25, high: 0.25 });
  // A resample of two values has the mean 0 or 1 in a quarter of the cases each.
  expect(meanInterval([0, 1], createRng(1))).toEqual({ mean: 0.5, low: 0, high: 1 });
});

it('narrows with the root of the number of values: 1.96 standard errors to each side', () => {
  const values = Array.from({ length: 400 }, (_, index) => index % 2);
  const { mean, low, high } = meanInterval(values, createRng(2));
  expect(mean).toBe(0.5);
  expect(high - low).toBeCloseTo(2 * 1.96 * (0.5 / 20), 1);
});

it('resamples both sides of a difference', () => {
  expect(meanDifference([1, 1], [0.25], createRng(3))).toEqual({ mean: 0.75, low: 0.75, high: 0.75 });
  expect(meanDifference([1, 1], [0, 1], createRng(3))).toEqual({ mean: 0.5, low: 0, high: 1 });
});
