import { describe, expect, it } from 'vitest';
import { upperTail } from '../math/normal-distribution.js';
import { seededBytes } from '../testing/random-bytes.js';
import { fillDiscreteGaussian } from './discrete-gaussian.js';

function draws(count: number, scale: number, seed: string): Float64Array {
  const drawn = new Float64Array(count);
  fillDiscreteGaussian(drawn, scale, seededBytes(seed));
  return drawn;
}

/** Exact probabilities of -reach … reach. */
function probabilities(scale: number, reach: number): Float64Array {
  const weights = Float64Array.from({ length: 2 * reach + 1 }, (_, place) =>
    Math.exp(-((place - reach) ** 2) / (2 * scale ** 2)),
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

/**
 * Chi-squared of counts against expectations, cells with an expectation below 20 put together, as a normal variable: the
 * cube root of Wilson and Hilferty (1931).
 */
function chiSquaredScore(counts: Float64Array, expected: Float64Array): number {
  let [sum, cells, restCount, restExpected] = [0, 0, 0, 0];
  expected.forEach((expectation, cell) => {
    if (expectation < 20) {
      restCount += counts[cell]!;
      restExpected += expectation;
    } else {
      sum += (counts[cell]! - expectation) ** 2 / expectation;
      cells++;
    }
  });
  sum += (restCount - restExpected) ** 2 / Math.max(restExpected, 1);
  const freedom = cells; // the rest is one more cell, and the total takes one away
  return (Math.cbrt(sum / freedom) - 1 + 2 / (9 * freedom)) / Math.sqrt(2 / (9 * freedom));
}

describe('discrete Gaussian noise', () => {
  // Seeds are fixed, so a score is what it is: beyond 3 one seed in 700 would be, a wrong probability by far.
  it.each([
    [1, 400_000],
    [2, 200_000],
    [3, 200_000],
    [40, 200_000],
  ])('with σ = %i has the exact probabilities', (scale, count) => {
    const reach = 12 * scale;
    const counts = new Float64Array(2 * reach + 1);
    for (const draw of draws(count, scale, `sigma ${scale}`)) {
      counts[draw + reach]!++;
    }
    const expected = probabilities(scale, reach).map((probability) => probability * count);
    expect(Math.abs(chiSquaredScore(counts, expected))).toBeLessThan(3);
  });

  it.each([2 ** 20, 2 ** 24, Math.ceil(1.3 * 2 ** 24), 2 ** 36])('with σ = %i steps is normal', (scale) => {
    const count = 200_000;
    const drawn = draws(count, scale, `large ${scale}`);
    // Cells of equal width from -5 to 5 standard deviations, with tails of the normal distribution.
    const cells = 100;
    const counts = new Float64Array(cells);
    const expected = Float64Array.from({ length: cells }, (_, cell) => {
      const [low, high] = [(cell - 50) / 10, (cell - 49) / 10];
      return count * (upperTail(low) - upperTail(high));
    });
    let [mean, square, fourth] = [0, 0, 0];
    for (const draw of drawn) {
      const z = draw / scale;
      mean += z / count;
      square += z ** 2 / count;
      fourth += z ** 4 / count;
      counts[Math.min(cells - 1, Math.max(0, Math.floor(z * 10 + 50)))]!++;
    }
    expect(Math.abs(chiSquaredScore(counts, expected))).toBeLessThan(3);
    // Four standard deviations of each moment: variances 1, 2 and 96 over the count.
    expect(Math.abs(mean)).toBeLessThan(4 * Math.sqrt(1 / count));
    expect(Math.abs(square - 1)).toBeLessThan(4 * Math.sqrt(2 / count));
    expect(Math.abs(fourth - 3)).toBeLessThan(4 * Math.sqrt(96 / count));
  });

  it('uses every step: the lowest bits of large draws are uniform', () => {
    const counts = new Float64Array(64);
    for (const draw of draws(100_000, 2 ** 24, 'low bits')) {
      counts[((draw % 64) + 64) % 64]!++;
    }
    expect(Math.abs(chiSquaredScore(counts, new Float64Array(64).fill(100_000 / 64)))).toBeLessThan(3);
  });

  it('is made of whole numbers, with one zero', () => {
    const drawn = draws(20_000, 1, 'zeros');
    expect(drawn.every(Number.isInteger)).toBe(true);
    expect(drawn.some((draw) => draw === 0)).toBe(true);
    expect(drawn.some((draw) => Object.is(draw, -0))).toBe(false);
  });

  it('is decided by the bytes alone', () => {
    expect(draws(1000, 1000, 'a')).toEqual(draws(1000, 1000, 'a'));
    expect(draws(1000, 1000, 'a')).not.toEqual(draws(1000, 1000, 'b'));
  });

  it('works with the generator of a browser', () => {
    const drawn = new Float64Array(20_000);
    fillDiscreteGaussian(drawn, 1000, (bytes) => globalThis.crypto.getRandomValues(bytes));
    expect(new Set(drawn).size).toBeGreaterThan(2000);
  });

  it.each([0, 0.5, -1, 2 ** 41, NaN])('refuses a scale of %d', (scale) => {
    expect(() => {
      fillDiscreteGaussian(new Float64Array(1), scale, seededBytes(1));
    }).toThrow(`Expected a scale that is a whole number from 1 to 2^40, got ${scale}`);
  });
});
