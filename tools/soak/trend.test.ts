import { describe, expect, it } from 'vitest';
import { growthPerHour, median } from './trend.js';

describe('growthPerHour', () => {
  it('is the slope of the line through the samples', () => {
    const line = [0, 1, 2, 3].map((at) => ({ at, value: 100 + 2.5 * at }));
    expect(growthPerHour(line)).toBe(2.5);
  });

  it('is that of least squares where they lie beside it', () => {
    // Means 1.75 and 3.25; sum of products 12.25, sum of squares 8.75.
    const beside = [[0, 1], [1, 3], [2, 2], [4, 7]] as const; // prettier-ignore
    expect(growthPerHour(beside.map(([at, value]) => ({ at, value })))).toBe(1.4);
  });

  it('is unknown at a single moment', () => {
    expect(growthPerHour([{ at: 1, value: 5 }])).toBeNaN();
  });
});

describe('median', () => {
  it.each([
    [[3, 1, 2], 2],
    [[4, 1, 2, 3], 2.5],
    [[7], 7],
  ])('of %j is %d', (values, expected) => {
    expect(median(values)).toBe(expected);
  });
});
