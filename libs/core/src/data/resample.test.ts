import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InvalidInput } from '../errors.js';
import { labelled, lettersOf, rawChannel } from '../testing/windows.js';
import type { RawRecording } from './recording.js';
import { resample } from './resample.js';

const near = (value: number): number => expect.closeTo(value, 4) as number;
const stamps = (...seconds: number[]): RawRecording['timing'] => ({ seconds: Float64Array.from(seconds) });
const evenStamps = (count: number, rateHz: number): RawRecording['timing'] =>
  stamps(...Array.from({ length: count }, (_, index) => index / rateHz));
const valuesOf = (raw: RawRecording, rateHz: number): number[][] =>
  resample(raw, rateHz).map(({ samples }) => Array.from(samples));

describe('samples that already come at the rate', () => {
  test('pass through untouched, with their labels', () => {
    const raw = rawChannel([0.1, 0.2, 0.3], { labels: labelled('ab.') });
    const [recording, ...others] = resample(raw, 50);
    expect(others).toEqual([]);
    expect(recording).toEqual({
      subject: 'ann',
      source: 'ann.csv',
      sampleRateHz: 50,
      channels: ['x'],
      samples: Float32Array.of(Math.fround(0.1), Math.fround(0.2), Math.fround(0.3)),
      labels: labelled('ab.'),
    });
  });

  test('pass through untouched where their stamps were cut to milliseconds', () => {
    const timing = stamps(0, 0.016, 0.033, 0.05, 0.066);
    expect(valuesOf(rawChannel([1, -1, 1, -1, 1], { timing }), 60)).toEqual([[1, -1, 1, -1, 1]]);
  });

  test('a clock that drifts away is put right', () => {
    const timing = evenStamps(101, 20.2);
    const ramp = Array.from({ length: 101 }, (_, index) => index);
    const [values] = valuesOf(rawChannel(ramp, { timing }), 20);
    expect(values).toHaveLength(100);
    expect(values![99]).toBeCloseTo((99 / 20) * 20.2, 4);
  });
});

describe('a slower recording', () => {
  test('is interpolated in straight lines, up to its last sample', () => {
    expect(valuesOf(rawChannel([0, 1, 3], { timing: { rateHz: 10 } }), 40)).toEqual([
      [0, 0.25, 0.5, 0.75, 1, 1.5, 2, 2.5, 3],
    ]);
  });

  test('keeps each channel to itself', () => {
    const raw = { ...rawChannel([0, 10, 1, 20], { timing: { rateHz: 10 } }), channels: ['x', 'y'] };
    expect(valuesOf(raw, 20)).toEqual([[0, 10, 0.5, 15, 1, 20]]);
  });

  test('that jitters is evened out along the line between its samples', () => {
    const timing = stamps(5, 5.04, 5.11, 5.15, 5.2);
    const [values] = valuesOf(rawChannel([0, 0.4, 1.1, 1.5, 2], { timing }), 20);
    [0, 0.5, 1, 1.5, 2].forEach((expected, index) => {
      expect(values![index]).toBeCloseTo(expected, 6);
    });
  });
});

describe('a faster recording', () => {
  test('is averaged over the new interval: half weights where a sample lies on its border', () => {
    // 100 -> 50 Hz: [t - 10 ms, t + 10 ms] holds (left + 2 centre + right) / 4; at the ends only one half is there.
    const [values] = valuesOf(rawChannel([0, 4, 8, 0, 0], { timing: { rateHz: 100 } }), 50);
    expect(values).toEqual([2, 5, 0]);
  });

  test('loses what the new rate cannot show, and keeps what it can', () => {
    const wave = (hertz: number): number[] =>
      Array.from({ length: 2000 }, (_, index) => Math.sin((2 * Math.PI * hertz * index) / 200));
    const strength = (hertz: number): number =>
      Math.max(...valuesOf(rawChannel(wave(hertz), { timing: { rateHz: 200 } }), 50)[0]!.slice(5, -5));
    expect(strength(2)).toBeGreaterThan(0.99);
    expect(strength(48)).toBeLessThan(0.1);
  });

  test('by less than a third is interpolated instead', () => {
    expect(valuesOf(rawChannel([0, 6, 0, 6, 0], { timing: { rateHz: 60 } }), 50)).toEqual([
      [0, 4.8, 2.4, 2.4].map(near),
    ]);
  });
});

describe('a gap', () => {
  const gap = rawChannel([0, 1, 2, 100, 101, 102], {
    timing: stamps(0, 0.1, 0.2, 1.35, 1.45, 1.55),
    labels: labelled('aaabbb'),
  });

  test('splits a recording and is not interpolated across', () => {
    expect(valuesOf(gap, 20)).toEqual(
      [
        [0, 0.5, 1, 1.5, 2],
        [100, 100.5, 101, 101.5, 102],
      ].map((piece) => piece.map(near)),
    );
  });

  test('leaves both sides their own labels', () => {
    expect(resample(gap, 20).map(({ labels }) => lettersOf(labels))).toEqual(['aaaaa', 'bbbbb']);
  });
});

describe('a label', () => {
  test('is that of the nearest sample, the earlier one halfway', () => {
    const [recording] = resample(rawChannel([0, 0, 0], { timing: { rateHz: 10 }, labels: labelled('a.b') }), 40);
    expect(lettersOf(recording?.labels)).toBe('aaa...' + '.bb');
  });

  test('survives a lower rate', () => {
    const raw = rawChannel(Array<number>(8).fill(0), { timing: { rateHz: 100 }, labels: labelled('aaaabbbb') });
    expect(lettersOf(resample(raw, 50)[0]?.labels)).toBe('aabb');
  });
});

test('a recording without samples gives none, one sample gives one', () => {
  expect(resample(rawChannel([]), 50)).toEqual([]);
  expect(valuesOf(rawChannel([7], { timing: stamps(3) }), 20)).toEqual([[7]]);
});

test.each([0, -50, Number.NaN, Infinity])('a rate of %d Hz is refused, naming the file', (rateHz) => {
  expect(() => resample(rawChannel([1, 2]), rateHz)).toThrow(InvalidInput);
  expect(() => resample(rawChannel([1, 2]), rateHz)).toThrow(/ann\.csv.*expected a rate above 0 Hz/);
});

/** Recordings with jitter and pauses. */
const rawRecordings = fc
  .array(
    fc.record({
      pause: fc.oneof(
        { weight: 9, arbitrary: fc.double({ min: 0.005, max: 0.06, noNaN: true }) },
        { weight: 1, arbitrary: fc.double({ min: 0.3, max: 3, noNaN: true }) },
      ),
      value: fc.double({ min: -8, max: 8, noNaN: true }),
      letter: fc.constantFrom('a', 'b', '.'),
    }),
    { minLength: 1, maxLength: 80 },
  )
  .map((rows) => {
    let time = 0;
    return rawChannel(
      rows.map(({ value }) => value),
      {
        timing: stamps(...rows.map(({ pause }) => (time += pause))),
        labels: labelled(rows.map(({ letter }) => letter).join('')),
      },
    );
  });

test('whatever the clock: as many labels as samples, no value or label that was not there, nothing invented', () => {
  fc.assert(
    fc.property(rawRecordings, fc.integer({ min: 5, max: 120 }), (raw, rateHz) => {
      const [low, high] = [Math.min(...raw.samples), Math.max(...raw.samples)];
      const pieces = resample(raw, rateHz);
      for (const { samples, labels } of pieces) {
        expect(labels?.ofSample).toHaveLength(samples.length);
        expect(samples.every((value) => value >= low - 1e-5 && value <= high + 1e-5)).toBe(true);
        expect([...labels!.ofSample].every((label) => raw.labels!.ofSample.includes(label))).toBe(true);
      }
      const seconds = (raw.timing as { seconds: Float64Array }).seconds;
      const recorded = seconds.at(-1)! - seconds[0]!;
      const kept = pieces.reduce((sum, { samples }) => sum + (samples.length - 1) / rateHz, 0);
      expect(kept).toBeLessThanOrEqual(recorded * 1.06 + 1e-6);
    }),
    { numRuns: 300 },
  );
});
