import { describe, expect, it } from 'vitest';
import { smallestNoise } from './calibrate.js';
import { epsilonFromRenyi, renyiCurve } from './renyi.js';
import { noiseToSignal } from './signal-to-noise.js';

/** Parameters of the student with all heads, and of its core. */
const [whole, core] = [390_606, 84_416];

describe('the noise of a round beside the clip norm', () => {
  it.each([
    [24, 1, 2.86, 74],
    [1000, 0.05, 0.832, 10.4],
    [10_000, 0.01, 0.603, 3.8],
  ])('with %i people, rate %d and z = %d is %d times as large', (population, rate, noiseMultiplier, times) => {
    const ratio = noiseToSignal({ parameters: whole, noiseMultiplier, rate, population });
    expect(Math.abs(ratio / times - 1)).toBeLessThan(0.01);
  });

  // The noise of these rows is what Rényi divergences ask for at epsilon 8; the distribution of the loss asks for less.
  it.each([
    [1, 30, 1e-3, 2.86],
    [0.05, 200, 1e-5, 0.832],
    [0.01, 500, 1e-6, 0.603],
  ])('rests on noise that keeps epsilon 8: rate %d, %i rounds, δ %d, z = %d', (rate, count, delta, noiseMultiplier) => {
    const events = (z: number) => [{ kind: 'sampled-gaussian', rate, noiseMultiplier: z, count }] as const;
    expect(Math.abs(epsilonFromRenyi(renyiCurve(events(noiseMultiplier)), delta).value - 8)).toBeLessThan(0.05);
    const tight = smallestNoise(events, { epsilon: 8, delta });
    expect(tight).toBeLessThan(noiseMultiplier);
    expect(tight).toBeGreaterThan(0.9 * noiseMultiplier);
  });

  it('shrinks by 2.15 where the core alone is shared', () => {
    const round = { noiseMultiplier: 1, rate: 0.1, population: 100 };
    const ratio = noiseToSignal({ ...round, parameters: whole }) / noiseToSignal({ ...round, parameters: core });
    expect(ratio).toBeCloseTo(2.15, 2);
  });
});
