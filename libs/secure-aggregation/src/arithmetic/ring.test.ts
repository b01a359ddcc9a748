import { describe, expect, it } from 'vitest';
import { firstOutside, lengthOf, ringFor } from './ring.js';

const bitsFor = (count: number, bound: number): number => ringFor(count, [{ size: 1, bound }]).bits;

describe('the ring of a cohort', () => {
  it('has a value of its own for each sum: 2^k >= 2 x count x bound + 1', () => {
    expect(bitsFor(3, 1)).toBe(3); // -3 to 3 are seven sums
    expect(bitsFor(4, 1)).toBe(4); // -4 to 4 are nine
    expect(bitsFor(10, 2 ** 35)).toBe(40); // 20 x 2^35 < 2^40
    expect(bitsFor(16, 2 ** 35)).toBe(41);
    expect(ringFor(10, [{ size: 1, bound: 2 ** 35 }])).toEqual({ bits: 40, bytesPerValue: 6 });
  });

  it('follows the largest bound of all segments', () => {
    const segments = [
      { size: 5, bound: 100 },
      { size: 2, bound: 3000 },
    ];
    expect(ringFor(10, segments).bits).toBe(16);
    expect(lengthOf(segments)).toBe(7);
  });

  it('has at most 48 bits', () => {
    expect(bitsFor(2 ** 10, 2 ** 37 - 1)).toBe(48);
    expect(() => bitsFor(2 ** 10, 2 ** 37)).toThrow('expected at most 48 bits a value, found 49');
    expect(() => bitsFor(3, 0)).toThrow('segments[0]: expected a positive whole size and bound, found 1 and 0');
    expect(() => ringFor(3, [])).toThrow('at most 48 bits');
  });
});

describe('values of a ring', () => {
  it('are compared with the bound of their segment', () => {
    const segments = [
      { size: 2, bound: 10 },
      { size: 1, bound: 3 },
    ];
    expect(firstOutside(Float64Array.of(10, -10, 3), segments, 1)).toBe(-1);
    expect(firstOutside(Float64Array.of(10, -11, 3), segments, 1)).toBe(1);
    expect(firstOutside(Float64Array.of(0, 0, 4), segments, 1)).toBe(2);
    expect(firstOutside(Float64Array.of(20, -20, 7), segments, 2)).toBe(2);
    expect(firstOutside(Float64Array.of(0.5, 0, 0), segments, 1)).toBe(0);
    expect(firstOutside(Float64Array.of(NaN, 0, 0), segments, 1)).toBe(0);
  });
});
