import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { gaussianDelta, gaussianEpsilon } from './gaussian.js';

interface Vector {
  readonly noiseMultiplier: number;
  readonly epsilon: number;
  readonly delta: number;
}

/** The definition with 50 digits, by make-privacy.py. */
const { gaussian } = JSON.parse(readFileSync(new URL('../testing/vectors/privacy.json', import.meta.url), 'utf8')) as {
  readonly gaussian: readonly Vector[];
};

describe('the exact Gaussian mechanism', () => {
  it.each(gaussian)('with σ $noiseMultiplier at ε $epsilon has δ $delta', ({ noiseMultiplier, epsilon, delta }) => {
    expect(Math.abs(gaussianDelta(noiseMultiplier, epsilon) / delta - 1)).toBeLessThan(1e-12);
  });

  // dp-accounting (σ = √3 three times is σ = 1), tensorflow-privacy's exact figures, pfl-research.
  it('agrees with published figures', () => {
    expect(gaussianDelta(Math.sqrt(3 / 3), 1)).toBeCloseTo(0.126936737506, 11);
    expect(gaussianEpsilon(0.7 / Math.SQRT2, 1e-5)).toBeCloseTo(10.12249458, 8);
    expect(gaussianEpsilon(0.35 / Math.SQRT2, 1e-5)).toBeCloseTo(24.71607786, 8);
    expect(gaussianEpsilon(1 / Math.sqrt(5), 1e-6)).toBeCloseTo(12.59524674, 8);
    expect(gaussianEpsilon(1 / Math.sqrt(1.62), 1e-10)).toBeCloseTo(8.548917, 6);
    expect(gaussianEpsilon(5 / Math.sqrt(50), 1e-3)).toBeCloseTo(4.845252, 6);
    expect(gaussianDelta(Math.SQRT2, 2.25)).toBeCloseTo(4.0834087e-4, 10);
    expect(gaussianEpsilon(1 / 3, 0.78760074)).toBeCloseTo(1, 7);
  });

  it('has an epsilon that keeps delta, and that nothing smaller keeps', () => {
    for (const [sigma, delta] of [
      [0.2, 1e-9],
      [1, 1e-5],
      [30, 1e-5],
      [0.01, 0.5],
    ] as const) {
      const epsilon = gaussianEpsilon(sigma, delta);
      expect(gaussianDelta(sigma, epsilon)).toBeLessThanOrEqual(delta);
      expect(gaussianDelta(sigma, epsilon * (1 - 1e-11))).toBeGreaterThan(delta);
    }
  });

  it.each([
    ['no noise', 0, 1e-5, Infinity],
    ['no delta', 1, 0, Infinity],
    ['nothing but noise', Infinity, 0, 0],
    ['a delta of 1', 0, 1, 0],
    ['a delta above the total variation', 100, 0.004, 0],
  ])('with %s', (_, sigma, delta, epsilon) => {
    expect(gaussianEpsilon(sigma, delta)).toBe(epsilon);
  });

  it('has a delta of 1 without noise, and of 0 without data', () => {
    expect(gaussianDelta(0, 3)).toBe(1);
    expect(gaussianDelta(Infinity, 0)).toBe(0);
  });
});
