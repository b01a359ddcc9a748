import { describe, expect, it } from 'vitest';
import type { WindowedDataset } from '../data/windows.js';
import { rootsOfUnity } from '../math/fourier.js';
import { windowFeatures, channelFeatures as featuresOf, correlationOf } from './window-features.js';

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

const channelFeatures = (signal: Float64Array): readonly number[] => featuresOf(signal, rootsOfUnity(signal.length));

describe('the features of a channel', () => {
  it('are worked out by hand for eight samples', () => {
    // Mean 2; without it -1 1 -1 1 -1 1 -3 3: variance 24 / 8. Sorted: -1 1 1 1 3 3 3 5.
    // Strongest at 4 cycles, where X is -(1 + 1 + 1 + 1 + 1 + 1 + 3 + 3).
    const features = channelFeatures(Float64Array.of(1, 3, 1, 3, 1, 3, -1, 5));
    const expected = [2, Math.sqrt(3), -1, 5, 2, 2, (4 * 1 + 3 * 9 + 25) / 8, 7, 4, (12 / 8) ** 2];
    expect(features).toHaveLength(expected.length);
    expected.forEach((value, index) => {
      expect(features[index], `feature ${index}`).toBeCloseTo(value, 12);
    });
  });

  it('of a signal that does not move have no frequency and no power', () => {
    expect(channelFeatures(Float64Array.of(2, 2, 2, 2))).toEqual([2, 0, 2, 2, 2, 0, 4, 0, 0, 0]);
  });

  it('find the frequency of a swing on top of a level', () => {
    const swing = Float64Array.from({ length: 400 }, (_, time) => 1 + 0.5 * Math.sin((2 * Math.PI * 14 * time) / 400));
    const [frequency, power] = channelFeatures(swing).slice(-2);
    expect(frequency).toBe(14);
    expect(power).toBeCloseTo(0.25 / 4, 10);
  });
});

describe('the correlation of two channels', () => {
  it('is 1 for the same movement, -1 for the opposite, and in between by hand', () => {
    const up = Float64Array.of(1, 2, 3);
    expect(correlationOf(up, Float64Array.of(10, 20, 30))).toBeCloseTo(1, 12);
    expect(correlationOf(up, Float64Array.of(5, 4, 3))).toBeCloseTo(-1, 12);
    // Without their means: -1 0 1 and -2/3 4/3 -2/3; then -1 0 1 and -1 1 0, so 1 / sqrt(2 x 2).
    expect(correlationOf(up, Float64Array.of(0, 2, 0))).toBeCloseTo(0, 12);
    expect(correlationOf(up, Float64Array.of(0, 2, 1))).toBeCloseTo(0.5, 12);
  });

  it('is 0 where one of them does not move', () => {
    expect(correlationOf(Float64Array.of(1, 2, 3), Float64Array.of(7, 7, 7))).toBe(0);
  });
});
