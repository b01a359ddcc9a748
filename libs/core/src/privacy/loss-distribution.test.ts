import { describe, expect, it } from 'vitest';
import { upperTail } from '../math/normal-distribution.js';
import { gridLosses, type GridLosses } from './loss-distribution.js';

const mechanisms = [
  { rate: 1, noiseMultiplier: 1 },
  { rate: 0.2, noiseMultiplier: 0.5 },
  { rate: 0.01, noiseMultiplier: 2 },
  { rate: 0.999, noiseMultiplier: 3 },
];

/** Delta of a distribution by its definition, losses one by one. */
function deltaOf({ first, masses, infinite }: GridLosses, spacing: number, epsilon: number): number {
  return masses.reduce(
    (sum, mass, place) => sum + mass * Math.max(0, -Math.expm1(epsilon - (first + place) * spacing)),
    infinite,
  );
}

/** The true delta of one release with the person against without, from tails of the normal distribution. */
function removalDelta(rate: number, sigma: number, epsilon: number): number {
  const odds = (Math.expm1(epsilon) + rate) / rate;
  if (odds <= 0) {
    return 1 - Math.exp(epsilon);
  }
  const x = sigma ** 2 * Math.log(odds) + 0.5;
  return (1 - rate - Math.exp(epsilon)) * upperTail(x / sigma) + rate * upperTail((x - 1) / sigma);
}

describe('losses on a grid', () => {
  it.each(mechanisms)('are distributions under both hypotheses: q $rate, σ $noiseMultiplier', (mechanism) => {
    const spacing = 0.01;
    const { removal, addition } = gridLosses(mechanism, spacing)!;
    for (const { first, masses, infinite } of [removal, addition]) {
      const total = masses.reduce((sum, mass) => sum + mass, infinite);
      const other = masses.reduce((sum, mass, place) => sum + mass * Math.exp(-(first + place) * spacing), 0);
      expect(total).toBeCloseTo(1, 12);
      expect(other).toBeCloseTo(1, 12);
      expect(Math.min(...masses)).toBeGreaterThanOrEqual(0);
    }
  });

  it.each(mechanisms)('never have less delta than the mechanism: q $rate, σ $noiseMultiplier', (mechanism) => {
    const { rate, noiseMultiplier } = mechanism;
    for (const [spacing, error] of [
      [0.1, 2e-3],
      [0.01, 2e-5],
    ] as const) {
      const { removal } = gridLosses(mechanism, spacing)!;
      // At the points of the grid delta is the true one; in between lie the chords, whose error is of spacing squared.
      for (let epsilon = -2; epsilon < 6; epsilon += 0.237) {
        const excess = deltaOf(removal, spacing, epsilon) - removalDelta(rate, noiseMultiplier, epsilon);
        expect(excess).toBeGreaterThan(-1e-12);
        expect(excess).toBeLessThan(error);
      }
      for (let index = -5; index < 30; index++) {
        const truth = removalDelta(rate, noiseMultiplier, index * spacing);
        expect(deltaOf(removal, spacing, index * spacing)).toBeCloseTo(truth, 11);
      }
    }
  });

  it('have the delta of the other direction in the other direction', () => {
    // Without against with: δ'(ε) = 1 - e^ε + e^ε δ(-ε), by exchanging the two distributions.
    const { addition } = gridLosses({ rate: 0.2, noiseMultiplier: 0.5 }, 0.01)!;
    for (const epsilon of [0, 0.05, 0.1, 0.2]) {
      const expected = 1 - Math.exp(epsilon) + Math.exp(epsilon) * removalDelta(0.2, 0.5, -epsilon);
      expect(deltaOf(addition, 0.01, epsilon)).toBeCloseTo(expected, 10);
    }
    expect(deltaOf(addition, 0.01, 0.23)).toBeLessThan(1e-4); // no loss is above -log(0.8) = 0.223
  });

  it('are not computed where they are too large', () => {
    expect(gridLosses({ rate: 0.5, noiseMultiplier: 0.01 }, 1)).toBeUndefined();
  });
});
