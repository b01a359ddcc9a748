import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sampledGaussianDivergence } from './sampled-renyi.js';

interface Vector {
  readonly rate: number;
  readonly noiseMultiplier: number;
  readonly order: number;
  readonly divergence: number;
}

/** The integral of the definition with 40 digits, by make-privacy.py. */
const { renyi } = JSON.parse(readFileSync(new URL('../testing/vectors/privacy.json', import.meta.url), 'utf8')) as {
  readonly renyi: readonly Vector[];
};

describe('the Rényi divergence of a sampled Gaussian mechanism', () => {
  it.each(renyi)('at q $rate, σ $noiseMultiplier and order $order is the integral', (vector) => {
    const divergence = sampledGaussianDivergence(vector.rate, vector.noiseMultiplier, vector.order);
    const excess = (divergence - vector.divergence) * (vector.order - 1);
    // Between whole orders the rounding error of the series is made up for, so that it is never too small.
    expect(excess).toBeGreaterThanOrEqual(-1e-15 * vector.divergence);
    expect(excess).toBeLessThan(1e-14);
    expect(Math.abs(divergence / vector.divergence - 1)).toBeLessThan(1e-9);
  });

  // Per-step values that were computed once with NumPy from the binomial expansion.
  it.each([
    [0.01, 1, 2, 1.7181342207e-4],
    [0.01, 1, 8, 8.9364390761e-4],
    [0.01, 1, 32, 11.246275937],
    [0.1, 1, 2, 0.01703686323618],
    [0.1, 1, 8, 1.37836141135],
    [0.5, 2, 2, 0.06859872438],
    [0.5, 2, 8, 0.42374833315],
    [0.5, 2, 32, 3.28493862054],
  ])('at q %d, σ %d and the whole order %i is %d', (rate, noiseMultiplier, order, divergence) => {
    expect(Math.abs(sampledGaussianDivergence(rate, noiseMultiplier, order) / divergence - 1)).toBeLessThan(1e-9);
  });

  it('at order 2 is log(1 + q² (exp(1/σ²) - 1)), with all digits where it is tiny', () => {
    expect(sampledGaussianDivergence(1e-6, 100, 2)).toBeCloseTo(1e-12 * Math.expm1(1e-4), 28);
    expect(sampledGaussianDivergence(0.3, 0.05, 2)).toBeCloseTo(2 * Math.log(0.3) + 400, 10);
  });

  // Opacus' test of its own series, which ends early: at order 1.5 it is 3 percent above the integral. We follow the
  // integral; from 2.5 on all agree.
  it.each([
    [2.5, 1.0854871e-3],
    [5, 2.18075656e-3],
    [50, 2.38460375e-2],
    [100, 167.416308],
  ])('over 50 steps at order %d is %d, as in Opacus to four digits', (order, expected) => {
    expect(Math.abs((50 * sampledGaussianDivergence(0.01, 2.5, order)) / expected - 1)).toBeLessThan(1e-4);
  });

  it.each([
    [0.01, 1],
    [0.9, 0.3],
    [0.5, 5],
  ])('has no jump at whole orders, where another formula takes over (q %d, σ %d)', (rate, noiseMultiplier) => {
    for (const order of [2, 5, 20]) {
      const [below, at, above] = [order - 1e-9, order, order + 1e-9].map((near) =>
        sampledGaussianDivergence(rate, noiseMultiplier, near),
      );
      expect(below! / at!).toBeCloseTo(1, 7);
      expect(above! / at!).toBeCloseTo(1, 7);
    }
  });

  it('grows with the order, is infinite without noise, and survives extreme settings', () => {
    let last = 0;
    for (let order = 1.1; order < 30; order += 0.1) {
      const next = sampledGaussianDivergence(0.02, 0.8, order);
      expect(next).toBeGreaterThanOrEqual(last);
      last = next;
    }
    expect(sampledGaussianDivergence(0.1, 0, 2)).toBe(Infinity);
    for (const [rate, noise, order] of [
      [1e-9, 0.01, 1.5],
      [1 - 1e-9, 0.01, 3.3],
      [0.01, 1e5, 1.1],
      [0.5, 1, 1024],
    ] as const) {
      const divergence = sampledGaussianDivergence(rate, noise, order);
      expect(Number.isFinite(divergence) && divergence >= 0).toBe(true);
      expect(divergence).toBeLessThanOrEqual((order / (2 * noise ** 2)) * (1 + 1e-9) + 1e-13);
    }
  });
});
