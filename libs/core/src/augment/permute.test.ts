import { describe, expect, it } from 'vitest';
import { createRng, type Rng } from '../math/random.js';
import { scriptedRng, chiSquaredUniform } from '../testing/draws.js';
import { permuteSegments, type PermuteOptions } from './permute.js';

/** The time steps 0 … length - 1 in the order in which they come out. */
function permuted(length: number, rng: Rng, options?: PermuteOptions): number[] {
  const into = new Float32Array(length);
  const window = Float32Array.from({ length }, (_, time) => time);
  permuteSegments(options)(window, into, { length, channels: 1 }, rng);
  return [...into];
}

describe('permute', () => {
  it('cuts at the drawn points and joins the segments in the drawn order', () => {
    // Cuts 2, 2, 6, 9: segments 01, nothing, 2345, 678, 9. Exchanging the outer and then the inner pair reverses them.
    const rng = scriptedRng({ integer: [6, 2, 9, 2, 0, 1, 2, 1] });
    expect(permuted(10, rng)).toEqual([9, 6, 7, 8, 2, 3, 4, 5, 0, 1]);
  });

  it('moves whole time steps', () => {
    const into = new Float32Array(6);
    const rng = scriptedRng({ integer: [1, 0] });
    permuteSegments({ segments: 2 })(Float32Array.of(1, 10, 2, 20, 3, 30), into, { length: 3, channels: 2 }, rng);
    expect([...into]).toEqual([2, 20, 3, 30, 1, 10]);
  });

  it('keeps every time step, in at most five pieces', () => {
    for (let seed = 0; seed < 200; seed++) {
      const order = permuted(50, createRng(seed));
      expect(order.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, time) => time));
      expect(order.filter((time, index) => index > 0 && time !== order[index - 1]! + 1).length).toBeLessThan(5);
    }
  });

  it('cuts everywhere equally often, the ends included', () => {
    // Two segments of ten steps, exchanged in half of the windows: those begin with the step after the cut, which is
    // each of 1 … 9 in 1 / 22 of all windows; the rest, and cuts at 0 and 10, leave the order as it was.
    const firsts = new Array<number>(10).fill(0);
    for (let seed = 0; seed < 22_000; seed++) {
      firsts[permuted(10, createRng(seed), { segments: 2 })[0]!]!++;
    }
    expect(Math.abs(firsts[0]! - 13_000)).toBeLessThan(300);
    expect(chiSquaredUniform(firsts.slice(1))).toBeLessThan(26.1); // 99.9 % of chi-squared with 8 degrees of freedom
  });

  it.each([1, 0, 2.5, NaN])('refuses %s segments', (segments) => {
    expect(() => permuteSegments({ segments })).toThrow(
      `permute: segments: expected a whole number from 2 up, found ${segments}`,
    );
  });
});
