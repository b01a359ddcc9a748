import { describe, expect, it } from 'vitest';
import { putRanges, takeRanges, totalSize } from './ranges.js';

describe('ranges of numbers', () => {
  const values = Float32Array.of(0, 1, 2, 3, 4, 5);
  const ranges = [
    { offset: 1, size: 2 },
    { offset: 5, size: 1 },
  ];

  it('are taken out side by side', () => {
    expect([...takeRanges(values, ranges)]).toEqual([1, 2, 5]);
    expect(totalSize(ranges)).toBe(3);
    expect(takeRanges(values, [])).toHaveLength(0);
  });

  it('are put back where they were, into a copy', () => {
    expect([...putRanges(values, ranges, Float32Array.of(-1, -2, -5))]).toEqual([0, -1, -2, 3, 4, -5]);
    expect([...values]).toEqual([0, 1, 2, 3, 4, 5]);
    expect(putRanges(values, ranges, takeRanges(values, ranges))).toEqual(values);
  });
});
