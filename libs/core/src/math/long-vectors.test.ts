import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { largestMagnitude, roundedSum } from './long-vectors.js';

const ROUNDER = 1.5 * 2 ** 28;

/** Lengths around those of a vector register and of a block. */
const lengths = [0, 1, 3, 4, 5, 8191, 8192, 8193, 20_000];

function someValues(length: number): Float32Array {
  return Float32Array.from({ length }, (_, index) => Math.sin(index + 1) * 10 ** ((index % 9) - 4));
}

describe('the largest magnitude', () => {
  it.each(lengths)('of %d values is that of a plain loop', (length) => {
    const values = someValues(length);
    expect(largestMagnitude(values)).toBe(values.reduce((most, value) => Math.max(most, Math.abs(value)), 0));
  });

  it('is found in every place, whatever its sign', () => {
    for (let place = 0; place < 9; place++) {
      const values = new Float32Array(9).fill(0.5);
      values[place] = place % 2 === 0 ? -2 : 2;
      expect(largestMagnitude(values)).toBe(2);
    }
  });

  it('is not finite where a value is not', () => {
    for (const [place, bad] of [NaN, Infinity, -Infinity].entries()) {
      const values = someValues(8200);
      values[place * 4099] = bad;
      expect(Number.isFinite(largestMagnitude(values))).toBe(false);
      expect(Number.isFinite(largestMagnitude(someValues(8200)))).toBe(true);
    }
  });
});

describe('a rounded sum', () => {
  it.each(lengths)('of %d values has the bits of a plain loop', (length) => {
    const values = someValues(length);
    const sum = roundedSum(length, ROUNDER);
    sum.add(values, 7);
    sum.add(values, 100_001);
    expect(sum.values).toEqual(
      Float64Array.from(values, (value) => {
        const first = 7 * value + ROUNDER - ROUNDER;
        return first + (100_001 * value + ROUNDER - ROUNDER);
      }),
    );
  });

  it('has the bits of a plain loop for every value', () => {
    fc.assert(
      fc.property(fc.float({ noNaN: true, min: -1, max: 1 }), fc.integer({ min: 1, max: 2 ** 27 }), (value, weight) => {
        const sum = roundedSum(1, ROUNDER);
        sum.add(Float32Array.of(value), weight);
        expect(sum.values[0]).toBe(Math.fround(value) * weight + ROUNDER - ROUNDER);
      }),
    );
  });

  it('is apart from other sums', () => {
    const one = roundedSum(2, ROUNDER);
    const other = roundedSum(2, ROUNDER);
    one.add(Float32Array.of(1, 2), 1);
    expect([...other.values]).toEqual([0, 0]);
  });
});
