import { describe, expect, it } from 'vitest';
import type { WindowedDataset } from '../data/windows.js';
import { windowFeatures } from './window-features.js';

/** Two windows of four steps of two channels. */
const windows: WindowedDataset = {
  shape: { length: 4, channels: 2 },
  recordings: [
    {
      subject: 'ann',
      source: 'ann.csv',
      sampleRateHz: 20,
      channels: ['x', 'y'],
      samples: Float32Array.of(1, 4, 3, 2, 1, 4, 3, 2, 0, 0, 0, 0, 0, 0, 0, 0),
    },
  ],
  recordingOf: Uint32Array.of(0, 0),
  startOf: Uint32Array.of(0, 4),
};

describe('the features of windows', () => {
  it('are those of each channel and the correlation of both', () => {
    const { values, features } = windowFeatures(windows);
    expect(features).toBe(21);
    const first = values.subarray(0, 21);
    // Means, standard deviations and energies of 1 3 1 3 and of 4 2 4 2, which go against each other.
    expect([first[0], first[1], first[6], first[10], first[11], first[16]]).toEqual([2, 1, 5, 3, 1, 10]);
    expect(first[20]).toBeCloseTo(-1, 12);
    expect([...values.subarray(21)]).toEqual(new Array(21).fill(0));
  });

  it('are followed by those of signals that are worked out of a window', () => {
    const { values, features } = windowFeatures(windows, (samples) => [Float64Array.from(samples).subarray(0, 4)]);
    expect(features).toBe(31);
    // 1 4 3 2
    expect(values[21]).toBe(2.5);
    expect([...values.subarray(0, 21)]).toEqual([...windowFeatures(windows).values.subarray(0, 21)]);
  });
});
