import { describe, expect, it } from 'vitest';
import { windowSamples, type WindowedDataset } from '../data/windows.js';
import { createRng } from '../math/random.js';
import { type BaselineTask, withCopies } from './baseline.js';

/** Two windows that overlap, of one step up in z and one to the side. */
const samples = Float32Array.of(0, 0, 1, 0.5, 0, 1, 0.25, 0.75, 0.5, 0, 1, 0);
const windows: WindowedDataset = {
  shape: { length: 3, channels: 3 },
  recordings: [{ subject: 'ann', source: 'ann.csv', sampleRateHz: 20, channels: ['x', 'y', 'z'], samples }],
  recordingOf: Uint32Array.of(0, 0),
  startOf: Uint32Array.of(0, 1),
};
const taskOf = (seed: number): BaselineTask => {
  return { train: windows, classOf: Uint32Array.of(4, 2), classes: 5, test: windows, rng: createRng(seed) };
};
const lengthsOf = (window: Float32Array): readonly number[] =>
  [0, 3, 6].map((at) => Math.hypot(window[at]!, window[at + 1]!, window[at + 2]!));

describe('copies of windows', () => {
  const { train, classOf, test } = withCopies(taskOf(1), 6);

  it('begin with the windows themselves, and keep classes and test windows', () => {
    expect(train.startOf).toHaveLength(6);
    expect([...classOf]).toEqual([4, 2, 4, 2, 4, 2]);
    expect(test).toBe(windows);
    expect(windowSamples(train, 0)).toEqual(windowSamples(windows, 0));
    expect(windowSamples(train, 1)).toEqual(windowSamples(windows, 1));
  });

  it('are at least 2 and at most 16 of each, else about as many in all as wanted', () => {
    const rowsFor = (wanted: number): number => withCopies(taskOf(1), wanted).classOf.length;
    expect([1, 3, 7, 20, 1000].map(rowsFor)).toEqual([4, 4, 8, 20, 32]);
  });

  it('are turned and mirrored: other values, as long as before', () => {
    for (const row of [2, 3, 4, 5]) {
      const [copy, original] = [windowSamples(train, row), windowSamples(windows, row % 2)];
      expect(copy).not.toEqual(original);
      lengthsOf(copy).forEach((length, place) => {
        expect(length).toBeCloseTo(lengthsOf(original)[place]!, 6);
      });
    }
    expect(windowSamples(train, 2)).not.toEqual(windowSamples(train, 4));
  });

  it('are the same for the same seed and others for another', () => {
    const samplesOf = (seed: number): Float32Array => withCopies(taskOf(seed), 6).train.recordings[0]!.samples;
    expect(samplesOf(1)).toEqual(samplesOf(1));
    expect(samplesOf(1)).not.toEqual(samplesOf(2));
  });
});
