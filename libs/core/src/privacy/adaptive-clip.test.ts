import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../errors.js';
import { createRng } from '../math/random.js';
import { nextClipNorm, updateNoiseMultiplier } from './adaptive-clip.js';

const settings = { quantile: 0.5, learningRate: 0.2 };

describe('adaptive clipping', () => {
  it('moves by exp(-η (b - γ)), by hand', () => {
    // 80 of 100 within the bound: Σ (bit - 1/2) = 30, a share of 0.8.
    expect(nextClipNorm(2, { noisyBits: 30, expectedUnits: 100 }, settings)).toBeCloseTo(2 * Math.exp(-0.06), 14);
    expect(nextClipNorm(2, { noisyBits: -50, expectedUnits: 100 }, settings)).toBeCloseTo(2 * Math.exp(0.1), 14);
    expect(nextClipNorm(2, { noisyBits: 0, expectedUnits: 100 }, settings)).toBe(2);
  });

  it('takes a share beyond 0 and 1 for what it must be', () => {
    expect(nextClipNorm(1, { noisyBits: 900, expectedUnits: 100 }, settings)).toBeCloseTo(Math.exp(-0.1), 14);
    expect(nextClipNorm(1, { noisyBits: -900, expectedUnits: 100 }, settings)).toBeCloseTo(Math.exp(0.1), 14);
  });

  // A rule that moves the other way runs off to 0 or infinity from the same starts.
  it.each([
    [0.1, 0.5, 1],
    [1, 0.5, 1],
    [10, 0.5, 1],
    [0.1, 0.9, Math.exp(0.4 * 1.2816)],
    [10, 0.9, Math.exp(0.4 * 1.2816)],
  ])('goes from %d to the %d quantile of the norms, %d', (start, quantile, expected) => {
    const rng = createRng(`clip ${start} ${quantile}`);
    let clipNorm = start;
    let late = 0;
    const [rounds, units] = [300, 100];
    for (let round = 0; round < rounds; round++) {
      let noisyBits = (units / 20) * rng.normal();
      for (let unit = 0; unit < units; unit++) {
        noisyBits += (Math.exp(0.4 * rng.normal()) <= clipNorm ? 1 : 0) - 0.5;
      }
      clipNorm = nextClipNorm(clipNorm, { noisyBits, expectedUnits: units }, { quantile, learningRate: 0.2 });
      late += round >= rounds - 100 ? Math.log(clipNorm) / 100 : 0;
    }
    expect(Math.abs(late - Math.log(expected))).toBeLessThan(0.06);
  });
});

describe('the noise of the update beside the noisy bits', () => {
  it.each([
    [1, 100, 1.005037815259],
    [0.5, 20, 0.516397779494],
    [1, 20, 1.154700538379],
    [0.3, 10, 0.314485451017],
  ])('for z = %d and %i units is %d', (noiseMultiplier, units, expected) => {
    expect(updateNoiseMultiplier(noiseMultiplier, units / 20)).toBeCloseTo(expected, 12);
  });

  it('is impossible with ten units and z = 1', () => {
    expect(() => updateNoiseMultiplier(1, 0.5)).toThrow(InvalidInput);
    expect(() => updateNoiseMultiplier(1, 0.5)).toThrow('privacy: clipping: expected noise of more than 0.5');
  });
});
