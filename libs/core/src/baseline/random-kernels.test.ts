import { describe, expect, it } from 'vitest';
import type { WindowedDataset } from '../data/windows.js';
import { createRng } from '../math/random.js';
import { createKernelBank, proportionsAbove } from './random-kernels.js';

/** One window of 1.3 g along z in the sixth of eleven steps, and nothing else. */
const samples = new Float32Array(33);
samples[5 * 3 + 2] = 1.3;
const windows: WindowedDataset = {
  shape: { length: 11, channels: 3 },
  recordings: [{ subject: 'ann', source: 'ann.csv', sampleRateHz: 20, channels: ['x', 'y', 'z'], samples }],
  recordingOf: Uint32Array.of(0),
  startOf: Uint32Array.of(0),
};

describe('kernel features', () => {
  it('are how often a convolution is above each bound, worked out by hand', () => {
    // z becomes 2 (AXIS_SCALE is 0.65), so the convolutions are 0 4 -2 -2 -2 -2 -2 4 -2 4 0, and 0 everywhere.
    const kernels = [
      { twos: [0, 2, 8], dilation: 1, signals: [2] },
      { twos: [0, 2, 8], dilation: 1, signals: [0] },
    ] as const;
    const bounds = [
      [-3, -1, 1, 3.99],
      [-1, -0.5, 0, 1],
    ] as const;
    const { values, features } = proportionsAbove({ kernels, bounds }, windows);
    expect(features).toBe(8);
    expect([...values]).toEqual([11 / 11, 5 / 11, 3 / 11, 3 / 11, 1, 1, 0, 0]);
  });

  it('compare with values that the convolutions of the windows have', () => {
    const { kernels, bounds } = createKernelBank(windows, createRng(1));
    expect(kernels).toHaveLength(84);
    for (const [a, b, c, d] of bounds) {
      expect(a <= b && b <= c && c <= d).toBe(true);
    }
  });
});
