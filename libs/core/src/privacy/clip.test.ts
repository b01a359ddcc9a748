import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clipToGrid } from './clip.js';

const GRID = 2 ** -24;

/** The sum of the squares, without any rounding. */
function exactSquares(steps: Float64Array): bigint {
  return steps.reduce((sum, step) => sum + BigInt(step) ** 2n, 0n);
}

/** The square of the clip norm in steps, rounded down; clip norms are Float64, so whole multiples of 2^-1074. */
function squaredBound(clipNorm: number): bigint {
  const scaled = BigInt(clipNorm * 2 ** 60); // exact for clip norms of at least 2^-7
  return (scaled * scaled) >> 72n; // (2^60 / 2^24)^2
}

describe('clipping onto the grid', () => {
  it('scales to the norm and rounds towards zero, by hand', () => {
    // The norm of (3, -4) is 5: a fifth of it is (0.6, -0.8), 10066329.6 and -13421772.8 steps of 2^-24.
    const { steps, withinBound } = clipToGrid(Float32Array.of(3, -4), 1, GRID);
    expect([...steps]).toEqual([10066329, -13421772]);
    expect(withinBound).toBe(false);
  });

  it('leaves what is small enough, but for the rounding', () => {
    const { steps, withinBound } = clipToGrid(Float32Array.of(0.5, -0.25, 2 ** -25, -(2 ** -25), 0), 1, GRID);
    expect([...steps]).toEqual([2 ** 23, -(2 ** 22), 0, 0, 0]);
    expect(steps.some((step) => Object.is(step, -0))).toBe(false);
    expect(withinBound).toBe(true);
    expect(clipToGrid(new Float32Array(3), 1, GRID).withinBound).toBe(true);
  });

  it('never exceeds the clip norm, in exact arithmetic', () => {
    const values = fc.float32Array({ minLength: 1, maxLength: 50, noNaN: true, noDefaultInfinity: true });
    const clipNorm = fc.double({ min: 2 ** -7, max: 2 ** 20, noNaN: true });
    fc.assert(
      fc.property(values, clipNorm, (update, bound) => {
        const { steps } = clipToGrid(update, bound, GRID);
        expect(steps.every(Number.isInteger)).toBe(true);
        expect(exactSquares(steps) <= squaredBound(bound)).toBe(true);
      }),
    );
  });

  it('never exceeds it with many values that rounding could add up, and loses next to nothing', () => {
    for (const value of [0.1, 1 / 3, 1, 1e20]) {
      const { steps } = clipToGrid(new Float64Array(400_000).fill(value), 1, GRID);
      const squares = exactSquares(steps);
      expect(squares <= squaredBound(1)).toBe(true);
      // Each of 400,000 values of 1/632 = 26527 steps loses less than one step.
      expect(Math.sqrt(Number(squares)) * GRID).toBeGreaterThan(1 - 4e-5);
    }
  });

  it('keeps the bound where the norm itself is exactly the clip norm', () => {
    const { steps, withinBound } = clipToGrid(Float32Array.of(3, 4), 5, GRID);
    expect(withinBound).toBe(false); // the reserve for rounding errors
    expect(exactSquares(steps) <= squaredBound(5)).toBe(true);
    expect([...steps].map((step) => step * GRID)).toEqual([3 - GRID, 4 - GRID]);
  });

  it.each([
    ['a clip norm of 0', [1], 0, 'Expected a clip norm above 0'],
    ['a clip norm that is not a number', [1], NaN, 'Expected a clip norm above 0'],
    ['a clip norm that no sum can hold', [1], 2 ** 30, 'at most 2^50 steps'],
    ['values that are not finite', [1, Infinity], 1, 'Expected finite values'],
    ['values that are not numbers', [1, NaN], 1, 'Expected finite values'],
  ])('refuses %s', (_, values, clipNorm, message) => {
    expect(() => clipToGrid(Float32Array.from(values), clipNorm, GRID)).toThrow(message);
  });
});
