import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../errors.js';
import { deltaOf, epsilonOf } from './epsilon.js';
import type { PrivacyEvent } from './events.js';
import { gaussianDelta, gaussianEpsilon } from './gaussian.js';
import { epsilonFromRenyi, renyiCurve } from './renyi.js';

/** By make-privacy.py: dp-accounting with a spacing of 1e-4, and one release by its definition with 50 digits. */
const vectors = JSON.parse(readFileSync(new URL('../testing/vectors/privacy.json', import.meta.url), 'utf8')) as {
  readonly compositions: readonly {
    readonly events: readonly (readonly [rate: number, noiseMultiplier: number, count: number])[];
    readonly delta: number;
    readonly epsilon: number;
  }[];
  readonly oneSampled: readonly {
    readonly rate: number;
    readonly noiseMultiplier: number;
    readonly epsilon: number;
    readonly delta: number;
  }[];
};

const sampled = (rate: number, noiseMultiplier: number, count: number): PrivacyEvent => ({
  kind: 'sampled-gaussian',
  rate,
  noiseMultiplier,
  count,
});

describe('epsilon of what was released', () => {
  it.each(vectors.compositions)('is at most 0.001 above dp-accounting, and not below: $events', (vector) => {
    const events = vector.events.map(([rate, noiseMultiplier, count]) => sampled(rate, noiseMultiplier, count));
    const { epsilon, method } = epsilonOf(events, vector.delta);
    expect(method).toBe('privacy-loss');
    expect(epsilon).toBeGreaterThan(vector.epsilon - 1e-6);
    expect(epsilon).toBeLessThan(vector.epsilon + 1e-3);
  });

  // Published by tensorflow-privacy (compute_dp_sgd_privacy_test and its statements), with its own distributions.
  it.each([
    [1, 0.7, 2, 1e-5, 10.1224946],
    [1, 0.35, 2, 1e-5, 24.7160779],
    [0.01, 0.7, 120, 1e-5, 2.4612381],
    [0.01, 0.35, 120, 1e-5, 18.6977407],
    [0.0064, 1, 782, 1e-6, 1.199],
    [1, 1, 5, 1e-6, 12.595],
  ])('at q %d, σ %d, %i steps, δ %d is the published %d', (...[rate, noiseMultiplier, count, delta, epsilon]) => {
    expect(Math.abs(epsilonOf([sampled(rate, noiseMultiplier, count)], delta).epsilon - epsilon)).toBeLessThan(1e-3);
  });

  // Opacus' and Microsoft's PRV accountant, whose figures are upper bounds that are 0.01 too large by design (eps_error).
  // We follow the distribution of the loss, as dp-accounting does, and come out 0.01 lower.
  it.each([
    [0.04, 1.5, 2249, 1e-5, 6.777395712150674],
    [0.001, 0.8, 100, 1e-6, 0.270403],
    [0.001, 1.5, 100, 1e-6, 0.039369],
    [0.001, 2, 100, 1e-6, 0.029105],
    [0.001, 3, 100, 1e-6, 0.02152],
    [0.05, 0.8, 100, 1e-6, 6.741052],
    [0.05, 1.5, 100, 1e-6, 1.953853],
    [0.05, 2, 100, 1e-6, 1.283637],
    [0.05, 3, 100, 1e-6, 0.767934],
    [0.2, 0.8, 100, 1e-6, 24.333664],
    [0.2, 1.5, 100, 1e-6, 8.498978],
    [0.2, 2, 100, 1e-6, 5.672056],
    [0.2, 3, 100, 1e-6, 3.381221],
    [0.001, 0.8, 1000, 1e-6, 0.477771],
    [0.001, 1.5, 1000, 1e-6, 0.099821],
    [0.001, 2, 1000, 1e-6, 0.071219],
    [0.001, 3, 1000, 1e-6, 0.047616],
    [0.05, 0.8, 1000, 1e-6, 19.525843],
    [0.05, 1.5, 1000, 1e-6, 6.209969],
    [0.05, 2, 1000, 1e-6, 4.1728],
    [0.05, 3, 1000, 1e-6, 2.527574],
    [0.001, 0.8, 20000, 1e-6, 1.296009],
    [0.001, 1.5, 20000, 1e-6, 0.437005],
    [0.001, 2, 20000, 1e-6, 0.305838],
    [0.001, 3, 20000, 1e-6, 0.194031],
    [0.05, 1.5, 20000, 1e-6, 38.306618],
    [0.05, 2, 20000, 1e-6, 24.421719],
    [0.05, 3, 20000, 1e-6, 13.961115],
    [0.001, 0.8, 50000, 1e-6, 2.034515],
    [0.001, 1.5, 50000, 1e-6, 0.704218],
    [0.001, 2, 50000, 1e-6, 0.491355],
    [0.001, 3, 50000, 1e-6, 0.309694],
    [0.05, 1.5, 50000, 1e-6, 73.190177],
    [0.05, 2, 50000, 1e-6, 45.236996],
    [0.05, 3, 50000, 1e-6, 24.942006],
  ])('at q %d, σ %d, %i steps, δ %d is 0.01 below the PRV accountant', (...[rate, noise, count, delta, prv]) => {
    const { epsilon } = epsilonOf([sampled(rate, noise, count)], delta);
    expect(prv - epsilon).toBeGreaterThan(0.009);
    expect(prv - epsilon).toBeLessThan(0.0115);
  });

  it('is the exact one where nothing is sampled, trees included', () => {
    const events: PrivacyEvent[] = [
      { kind: 'gaussian', noiseMultiplier: 2, count: 3 },
      { kind: 'tree', noiseMultiplier: 5, steps: 8, participations: 8, separation: 1, count: 1 },
    ];
    const noise = 1 / Math.sqrt(3 / 4 + 120 / 25);
    expect(epsilonOf(events, 1e-5)).toEqual({ epsilon: gaussianEpsilon(noise, 1e-5), method: 'exact' });
    expect(deltaOf(events, 2)).toEqual({ delta: gaussianDelta(noise, 2), method: 'exact' });
  });

  it('is that of Rényi divergences where the distribution would be too large, and says so', () => {
    const events = [sampled(0.5, 0.02, 10)];
    const { epsilon, method } = epsilonOf(events, 1e-5);
    expect(method).toBe('renyi');
    expect(epsilon).toBe(epsilonFromRenyi(renyiCurve(events), 1e-5).value);
    expect(deltaOf(events, 1).method).toBe('renyi');
  });

  it.each([
    ['nothing released', [], 0, 0],
    ['nobody sampled', [sampled(0, 0, 5)], 0, 0],
    ['no noise', [sampled(0.1, 0, 1)], 1e-5, Infinity],
    [
      'no noise in one of two',
      [sampled(0.1, 1, 1), { kind: 'gaussian', noiseMultiplier: 0, count: 1 } as const],
      0.1,
      Infinity,
    ],
    ['no delta', [sampled(0.1, 1, 1)], 0, Infinity],
    ['so much noise that delta alone is enough', [sampled(0.001, 100, 1)], 1e-5, 0],
  ])('with %s', (_, events: readonly PrivacyEvent[], delta, epsilon) => {
    expect(epsilonOf(events, delta).epsilon).toBe(epsilon);
  });

  it('needs a delta that is a probability', () => {
    expect(() => epsilonOf([], 1.5)).toThrow(InvalidInput);
    expect(() => epsilonOf([], NaN)).toThrow('privacy: delta: expected a number from 0 to 1, got NaN');
    expect(() => deltaOf([], -1)).toThrow('privacy: epsilon: expected at least 0, got -1');
  });
});

describe('delta of what was released', () => {
  // dp-accounting: 0.15594 ± 0.001, and epsilon 1 at 0.15594.
  it('at q 0.2, σ 0.5, 3 steps and ε 1 is 0.156', () => {
    expect(Math.abs(deltaOf([sampled(0.2, 0.5, 3)], 1).delta - 0.15594)).toBeLessThan(1e-4);
    expect(Math.abs(epsilonOf([sampled(0.2, 0.5, 3)], 0.15594).epsilon - 1)).toBeLessThan(1e-3);
  });

  it.each(vectors.oneSampled)(
    'of one release is the definition: q $rate, σ $noiseMultiplier, ε $epsilon',
    ({ rate, noiseMultiplier, epsilon, delta }) => {
      const figure = deltaOf([sampled(rate, noiseMultiplier, 1)], epsilon).delta;
      expect(figure).toBeGreaterThanOrEqual(delta);
      expect(figure).toBeLessThan(delta + 5e-5);
    },
  );

  it('is the inverse of epsilon, up to the errors that are added to delta', () => {
    const events = [sampled(0.05, 2, 1000), sampled(0.01, 1, 200)];
    for (const delta of [1e-7, 1e-5, 1e-3]) {
      expect(deltaOf(events, epsilonOf(events, delta).epsilon).delta / delta).toBeCloseTo(1, 6);
    }
  });

  // A rate so close to 1 that the mechanism is the Gaussian one, whose composition is known exactly.
  it.each([1, 10, 1000, 100_000])('of %i releases composed by transforms is not below the exact one', (count) => {
    for (const epsilon of [0, 0.5, 2, 4]) {
      const exact = gaussianDelta(1, epsilon);
      const { delta } = deltaOf([sampled(1 - 1e-12, Math.sqrt(count), count)], epsilon);
      expect(delta).toBeGreaterThan(exact * (1 - 1e-9));
      expect(delta).toBeLessThan(exact * 1.003 + 1e-9);
    }
  });

  it('grows with every release, and shrinks with noise', () => {
    const deltas = [100, 200, 201, 400].map((count) => deltaOf([sampled(0.05, 2, count)], 1).delta);
    expect(deltas).toEqual([...deltas].sort((a, b) => a - b));
    expect(new Set(deltas).size).toBe(4);
    expect(deltaOf([sampled(0.05, 2.1, 200)], 1).delta).toBeLessThan(deltas[1]!);
  });
});
