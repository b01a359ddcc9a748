import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exactSum, GRID, largestAddend, weightedSteps } from './exact-sum.js';

/** One value times a weight, as it is rounded when it enters a sum. */
function rounded(value: number, weight: number): number {
  const sum = exactSum(1);
  sum.add(Float32Array.of(value), weight);
  return sum.values[0]!;
}

/** Converts to steps of the grid, without rounding; fails where the number is not on the grid. */
function steps(value: number): bigint {
  return BigInt(value / GRID);
}

describe('an exact sum', () => {
  it('rounds a product to the nearest multiple of 2^-24, halves to the even one', () => {
    expect(rounded(3 * 2 ** -24, 1)).toBe(3 * 2 ** -24);
    expect(rounded(2 ** -26, 1)).toBe(0);
    expect(rounded(2 ** -26, 3)).toBe(2 ** -24);
    expect(rounded(2 ** -25, 1)).toBe(0);
    expect(rounded(2 ** -25, 3)).toBe(2 * 2 ** -24);
    expect(rounded(-(2 ** -26), 3)).toBe(-(2 ** -24));
  });

  it('keeps what is on the grid already, up to the largest addend', () => {
    expect(rounded(0.5, 7)).toBe(3.5);
    expect(rounded(2 ** 26, 2)).toBe(2 ** 27);
    expect(rounded(-(2 ** 26), 2)).toBe(-(2 ** 27));
  });

  it('is on the grid and half a step away at most, for every product in range', () => {
    const value = fc.float({ noNaN: true, min: -(2 ** 20), max: 2 ** 20 });
    fc.assert(
      fc.property(value, fc.integer({ min: 1, max: 128 }), (change, weight) => {
        const snapped = rounded(change, weight);
        expect(Number.isInteger(snapped / GRID)).toBe(true);
        expect(Math.abs(snapped - change * weight)).toBeLessThanOrEqual(GRID / 2);
        expect(weightedSteps(Float32Array.of(change), weight)[0]! * GRID).toBe(snapped);
      }),
    );
  });

  it('adds the largest addends of a cohort without losing a step', () => {
    for (const count of [1, 3, 5, 7, 1000, 12_345]) {
      const change = Math.fround(largestAddend(count) * (1 - 2 ** -23));
      const sum = exactSum(1);
      let exact = 0n;
      for (let client = 0; client < count; client++) {
        const value = change - client * GRID * 2 ** 10;
        sum.add(Float32Array.of(value), 1);
        exact += steps(rounded(value, 1));
      }
      expect(steps(sum.values[0]!)).toBe(exact);
    }
  });
});

describe('largestAddend', () => {
  it('shares the exact range among the addends', () => {
    expect(largestAddend(1)).toBe(2 ** 27);
    expect(largestAddend(4)).toBe(2 ** 27);
    expect(largestAddend(1024)).toBe(2 ** 19);
  });

  it('stays below an uneven share', () => {
    expect(steps(largestAddend(1000)) * 1000n).toBeLessThanOrEqual(2n ** 53n);
    expect((steps(largestAddend(1000)) + 1n) * 1000n).toBeGreaterThan(2n ** 53n);
  });
});
