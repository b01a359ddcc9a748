import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createAugmentation } from '../augment/augmentation.js';
import { createRng } from '../math/random.js';
import { derivedChannel, derivedChannelNames } from './derived-channels.js';
import { axesNormalisation, inputCount, writeInputs } from './window-inputs.js';

const vectors = JSON.parse(readFileSync(new URL('../testing/vectors/inputs.json', import.meta.url), 'utf8')) as {
  readonly window: readonly number[];
  readonly rateHz: number;
  readonly inputs: readonly number[];
};

const channels = ['x', 'y', 'z'];

function derived(name: (typeof derivedChannelNames)[number], samples: readonly number[], rateHz = 25): number[] {
  const normalisation = { mean: [0, 0, 0], standardDeviation: [1, 1, 1] };
  const inputs = { normalisation, derived: [{ name, centre: 0, scale: 1 }] };
  const into = new Float32Array((samples.length / 3) * 4);
  writeInputs(Float32Array.from(samples), { channels, sampleRateHz: rateHz, inputs }, into);
  return [...into.filter((_, index) => index % 4 === 3)];
}

/** Windows of 8 time steps, in g. */
const anyWindow = fc.array(fc.float({ min: -4, max: 4, noNaN: true }), { minLength: 24, maxLength: 24 });

describe('derived channels', () => {
  it('of a window by hand', () => {
    // The mean is (0, 0, 4), so up is z.
    const window = [3, 0, 4, -3, 0, 4];
    expect(derived('magnitude', window)).toEqual([5, 5]);
    expect(derived('vertical', window)).toEqual([4, 4]);
    expect(derived('horizontal', window)).toEqual([3, 3]);
  });

  it('have nothing vertical where the mean is zero', () => {
    const window = [1, 0, 0, -1, 0, 0];
    expect(derived('vertical', window)).toEqual([0, 0]);
    expect(derived('horizontal', window)).toEqual([1, 1]);
  });

  it('are gravity and the rest of an axis', () => {
    fc.assert(
      fc.property(anyWindow, (window) => {
        const [gravity, linear] = [derived('gravity-y', window), derived('linear-y', window)];
        gravity.forEach((value, time) => {
          expect(value + linear[time]!).toBeCloseTo(window[3 * time + 1]!, 5);
        });
      }),
    );
    expect(derived('gravity-z', [0, 0, 1, 0, 0, 1])).toEqual([1, 1]);
  });

  it('are never of a negative length', () => {
    fc.assert(
      fc.property(anyWindow, (window) => {
        expect(Math.min(...derived('horizontal', window))).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('stay as they are when axes are mirrored, up to the sign that up has, and when the phone is turned', () => {
    fc.assert(
      fc.property(anyWindow, fc.nat(), (window, seed) => {
        for (const plan of [{ mirror: true }, { turn: 180 }] as const) {
          const into = new Float32Array(window.length);
          createAugmentation(plan)(Float32Array.from(window), into, { length: 8, channels: 3 }, createRng(seed));
          for (const name of ['magnitude', 'vertical', 'horizontal'] as const) {
            const [before, after] = [derived(name, window), derived(name, [...into])];
            // Where the mean nearly vanishes, its direction is a matter of rounding.
            const mean = Math.hypot(...[0, 1, 2].map((axis) => derivedMean(window, axis)));
            if (name === 'magnitude' || mean > 0.1) {
              after.forEach((value, time) => {
                expect(value).toBeCloseTo(before[time]!, name === 'horizontal' ? 2 : 4);
              });
            }
          }
        }
      }),
    );
  });
});

function derivedMean(window: readonly number[], axis: number): number {
  const values = window.filter((_, index) => index % 3 === axis);
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

describe('the inputs of a window', () => {
  it('are the samples themselves where nothing is said of them', () => {
    const into = new Float32Array(6);
    writeInputs(Float32Array.of(1, 2, 3, 4, 5, 6), { channels, sampleRateHz: 25 }, into);
    expect([...into]).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('are channels at (value - mean) / deviation, then the derived ones at (value - centre) / scale', () => {
    const normalisation = { mean: [1, 0, 2], standardDeviation: [2, 1, 4] };
    const inputs = { normalisation, derived: [derivedChannel('magnitude'), derivedChannel('horizontal')] };
    const source = { channels, sampleRateHz: 25, inputs };
    expect(inputCount(source)).toBe(5);
    const into = new Float32Array(10);
    writeInputs(Float32Array.of(3, 0, 4, -3, 0, 4), source, into);
    const [m, h] = [(5 - 1) / 0.35, (3 - 0.25) / 0.3];
    [1, 0, 0.5, m, h, -2, 0, 0.5, m, h].forEach((value, index) => {
      expect(into[index]).toBeCloseTo(value, 5);
    });
  });

  it('agree with those of an independent NumPy script', () => {
    const { window, rateHz, inputs: expected } = vectors;
    const inputs = { normalisation: axesNormalisation, derived: derivedChannelNames.map(derivedChannel) };
    const into = new Float32Array((window.length / 3) * 12);
    writeInputs(Float32Array.from(window), { channels, sampleRateHz: rateHz, inputs }, into);
    expected.forEach((value, index) => {
      expect(Math.abs(into[index]! - value), `input ${index}`).toBeLessThan(2e-5);
    });
  });

  it('cannot have derived channels without axes', () => {
    const inputs = { normalisation: { mean: [0], standardDeviation: [1] }, derived: [derivedChannel('magnitude')] };
    expect(() => {
      writeInputs(new Float32Array(2), { channels: ['x'], sampleRateHz: 1, inputs }, new Float32Array(4));
    }).toThrow('Derived channels need three axes, found the channels x');
  });
});
