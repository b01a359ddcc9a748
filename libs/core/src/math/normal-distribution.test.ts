import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { scaledUpperTail, upperTail } from './normal-distribution.js';

/** Computed with 50 digits by make-privacy.py. */
const vectors = JSON.parse(readFileSync(new URL('../testing/vectors/privacy.json', import.meta.url), 'utf8')) as {
  readonly tails: readonly { readonly z: number; readonly tail: number }[];
};

describe('tails of the normal distribution', () => {
  it.each(vectors.tails)('are right to 14 digits beyond $z', ({ z, tail }) => {
    expect(Math.abs(upperTail(z) / tail - 1)).toBeLessThan(2e-14);
  });

  it('add up to 1 on both sides, and vanish at infinity', () => {
    expect(upperTail(0.3) + upperTail(-0.3)).toBe(1);
    expect(upperTail(Infinity)).toBe(0);
    expect(upperTail(-Infinity)).toBe(1);
  });

  it('are known over their density where they underflow themselves', () => {
    expect(scaledUpperTail(3) * Math.exp(-4.5)).toBeCloseTo(upperTail(3), 17);
    // Mills' ratio: the tail over the density is 1 / z (1 - 1/z² + 3/z⁴ - …).
    const mills = (z: number): number => (1 / z) * (1 - z ** -2 + 3 * z ** -4 - 15 * z ** -6);
    for (const z of [100, 1e4, 1e9]) {
      expect(Math.abs((scaledUpperTail(z) * Math.sqrt(2 * Math.PI)) / mills(z) - 1)).toBeLessThan(1e-13);
    }
  });
});
