import { expect, it } from 'vitest';
import { bestMatchAmong } from './best-match.js';

const signal = (...values: readonly number[]): Float32Array => Float32Array.from(values);

it('is the correlation with the window that resembles the reconstruction most', () => {
  const match = bestMatchAmong([signal(1, 0, 0), signal(0, 0, 1)], 1, 3);
  // Centred: (-2, 1, 1) / 3 and (-1, -1, 2) / 3, of equal length, whose product is 3/9 of 6/9.
  expect(match(signal(0, 1, 1))).toBeCloseTo(0.5, 12);
  expect(match(signal(0, 0, -7))).toBeCloseTo(0.5, 12);
  expect(match(signal(5, 5, 6))).toBeCloseTo(1, 12);
});

it('centres each channel by itself, so that a constant in one is no resemblance', () => {
  const match = bestMatchAmong([signal(0, 100, 1, 100)], 2, 2);
  expect(match(signal(3, -50, 5, -50))).toBeCloseTo(1, 12);
  expect(match(signal(3, 100, 3, 100))).toBe(0);
  // Centred (-1, -1, 1, 1) / 2 against (-1, 0, 1, 0) / 2: 1/2 divided by 1 times the root of 1/2.
  expect(match(signal(0, 0, 1, 1))).toBeCloseTo(Math.SQRT1_2, 12);
});

it('compares every stretch of a reconstruction with every stretch of a window', () => {
  const match = bestMatchAmong([signal(4, 4, 1, 2, 0)], 1, 2);
  expect(match(signal(1, 3))).toBeCloseTo(1, 12);
  expect(match(signal(3, 1))).toBeCloseTo(1, 12);
  const rising = bestMatchAmong([signal(1, 2, 3)], 1, 2);
  expect(rising(signal(3, 1))).toBeCloseTo(-1, 12);
  expect(rising(signal(3, 1, 0, 2))).toBeCloseTo(1, 12);
});
