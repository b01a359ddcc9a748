import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createRng, type Rng } from '../math/random.js';
import { scriptedRng, mean } from '../testing/draws.js';
import { warpTime } from './time-warp.js';

interface WarpVectors {
  readonly y: number[];
  readonly index: number[];
  readonly warped: number[];
}

/** Made with SciPy's CubicSpline and numpy.interp; the file's `about` says how. */
const vectors = JSON.parse(
  readFileSync(new URL('../testing/vectors/spline.json', import.meta.url), 'utf8'),
) as WarpVectors;

/** Normal draws that give these speeds with the default deviation. */
const normalsOf = (speeds: readonly number[]): number[] => speeds.map((speed) => (speed - 1) / 0.2);

/** Warps the ramp 0, 1, 2 …, which shows the position that is read at each time step. */
function warpedRamp(rng: Rng): Float32Array {
  const into = new Float32Array(400);
  const ramp = Float32Array.from({ length: 400 }, (_, time) => time);
  warpTime()(ramp, into, { length: 400, channels: 1 }, rng);
  return into;
}

describe('time-warp', () => {
  it('warps a wave as SciPy and NumPy do', () => {
    const into = new Float32Array(400);
    const wave = Float32Array.from({ length: 400 }, (_, time) => Math.sin(0.1 * time));
    warpTime()(wave, into, { length: 400, channels: 1 }, scriptedRng({ normal: normalsOf(vectors.y) }));
    vectors.index.forEach((time, position) => {
      expect(Math.abs(into[time]! - vectors.warped[position]!)).toBeLessThan(2e-7);
    });
  });

  it('draws a speed curve for each channel', () => {
    const into = new Float32Array(800);
    const window = Float32Array.from({ length: 800 }, (_, index) =>
      index % 2 === 0 ? Math.sin(0.05 * index) : (index - 1) / 2,
    );
    const normal = [...normalsOf(vectors.y), 0, 0, 0, 0, 0, 0];
    warpTime()(window, into, { length: 400, channels: 2 }, scriptedRng({ normal }));
    expect(into[400]).toBeCloseTo(vectors.warped[4]!, 6);
    // At a steady speed sample i happens at (i + 1) 399 / 400, so time step t reads sample t 400 / 399 - 1.
    expect([into[1], into[3], into[401], into[799]]).toEqual(
      [0, 400 / 399 - 1, (200 * 400) / 399 - 1, 399].map(Math.fround),
    );
  });

  it('keeps time running forwards where the speed curve dips below zero', () => {
    const ramp = warpedRamp(scriptedRng({ normal: normalsOf([2, -1, 3, -1, 2, -1]) }));
    expect(ramp.every((sample, time) => time === 0 || sample >= ramp[time - 1]!)).toBe(true);
    expect([ramp[0], ramp[399]]).toEqual([0, 399]);
  });

  it('shifts the middle of the window as far as it does with SciPy and NumPy', () => {
    // Their root mean square over 40,000 draws is 16.93 time steps.
    const squares = Array.from({ length: 4000 }, (_, seed) => (warpedRamp(createRng(seed))[200]! - 200) ** 2);
    expect(Math.abs(Math.sqrt(mean(squares)) - 16.93)).toBeLessThan(0.8);
  });

  it('refuses options and windows that give no curve', () => {
    expect(() => warpTime({ knots: 1 })).toThrow('time-warp: knots: expected a whole number from 2 up, found 1');
    expect(() => warpTime({ standardDeviation: -1 })).toThrow(
      'time-warp: standardDeviation: expected a number above 0, found -1',
    );
    expect(() => {
      warpTime()(Float32Array.of(1), new Float32Array(1), { length: 1, channels: 1 }, createRng(1));
    }).toThrow('time-warp: shape.length: expected a whole number from 2 up, found 1');
  });
});
