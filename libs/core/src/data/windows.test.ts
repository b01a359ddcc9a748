import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InvalidInput } from '../errors.js';
import { labelled, oneChannel } from '../testing/windows.js';
import { timeSteps } from './recording.js';
import { selectWindows, slideLabelledWindows, slideWindows, windowCount, windowSamples } from './windows.js';

const ofLength = (length: number, first = 0): ReturnType<typeof oneChannel> =>
  oneChannel(Array.from({ length }, (_, index) => first + index));
const letters = (text: string): ReturnType<typeof oneChannel> =>
  oneChannel(Array<number>(text.length).fill(0), { labels: labelled(text) });

describe('sliding windows', () => {
  test('start every step and end within their recording', () => {
    const windows = slideWindows([ofLength(10), ofLength(3), ofLength(7, 100)], { length: 4, step: 2 });
    expect([...windows.recordingOf]).toEqual([0, 0, 0, 0, 2, 2]);
    expect([...windows.startOf]).toEqual([0, 2, 4, 6, 0, 2]);
    expect([...windowSamples(windows, 5)]).toEqual([102, 103, 104, 105]);
  });

  test('are views on the recordings, not copies', () => {
    const recording = ofLength(6);
    expect(windowSamples(slideWindows([recording], { length: 4, step: 2 }), 1).buffer).toBe(recording.samples.buffer);
  });

  test('never cross from one recording into another', () => {
    const plan = fc.record({ length: fc.integer({ min: 1, max: 12 }), step: fc.integer({ min: 1, max: 12 }) });
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 40 })), plan, (lengths, { length, step }) => {
        const recordings = lengths.map((size, index) => ofLength(size, 1000 * index));
        const windows = slideWindows(recordings, { length, step });
        for (let window = 0; window < windowCount(windows); window++) {
          const samples = [...windowSamples(windows, window)];
          const first = 1000 * windows.recordingOf[window]! + windows.startOf[window]!;
          expect(samples).toEqual(Array.from({ length }, (_, index) => first + index));
        }
        const expected = lengths.reduce(
          (sum, size) => sum + (size < length ? 0 : Math.floor((size - length) / step) + 1),
          0,
        );
        expect(windowCount(windows)).toBe(expected);
      }),
    );
  });

  test('of recordings with other channels are refused, naming the file', () => {
    const other = oneChannel([1, 2], { channels: ['y'], source: 'bob.csv' });
    expect(() => slideWindows([ofLength(3), other], { length: 1, step: 1 })).toThrow(
      'bob.csv: channels: expected x as in ann.csv, found y',
    );
  });

  test.each([
    { length: 0, step: 1 },
    { length: 4, step: 0 },
    { length: 2.5, step: 1 },
    { length: 4, step: Number.NaN },
  ])('with length $length and step $step are refused', (plan) => {
    expect(() => slideWindows([ofLength(10)], plan)).toThrow(InvalidInput);
    expect(() => slideWindows([ofLength(10)], plan)).toThrow('expected a whole number of at least 1');
  });
});

describe('labelled windows', () => {
  const labelsOf = (text: string, activities: readonly string[]): number[][] => {
    const { labels, startOf } = slideLabelledWindows([letters(text)], { length: 4, step: 4 }, activities);
    return [...startOf].map((start, row) => [
      start,
      ...labels!.subarray(row * activities.length, (row + 1) * activities.length),
    ]);
  };

  test('carry the activity of most of their samples', () => {
    expect(labelsOf('aaabbbba', ['a', 'b'])).toEqual([
      [0, 1, 0],
      [4, 0, 1],
    ]);
  });

  test('carry the first activity of the study on a tie', () => {
    expect(labelsOf('bbaa', ['a', 'b'])).toEqual([[0, 1, 0]]);
    expect(labelsOf('bbaa', ['b', 'a'])).toEqual([[0, 1, 0]]);
  });

  test('are left out where most samples carry no label, or one the study does not know', () => {
    expect(labelsOf('a...aaaa', ['a', 'b'])).toEqual([[4, 1, 0]]);
    expect(labelsOf('axxxaaaa', ['a', 'b'])).toEqual([[4, 1, 0]]);
    expect(labelsOf('....', ['a', 'b'])).toEqual([]);
    expect(labelsOf('ab..aa..', ['a', 'b'])).toEqual([[4, 1, 0]]);
  });

  test('follow names, not the order in which a recording lists them', () => {
    const recordings = [letters('aaaa'), letters('bbbb')];
    const { labels } = slideLabelledWindows(recordings, { length: 4, step: 4 }, ['b', 'a']);
    expect([...labels!]).toEqual([0, 1, 1, 0]);
  });

  test('come along when windows are selected', () => {
    const windows = slideLabelledWindows([letters('aaaabbbbaaaa')], { length: 4, step: 4 }, ['a', 'b']);
    const selected = selectWindows(windows, Uint32Array.of(2, 1));
    expect([...selected.startOf]).toEqual([8, 4]);
    expect([...selected.labels!]).toEqual([1, 0, 0, 1]);
    expect(timeSteps(selected.recordings[0]!)).toBe(12);
  });

  test('are of no window that is not there', () => {
    const windows = slideLabelledWindows([letters('aaaabbbb')], { length: 4, step: 4 }, ['a', 'b']);
    expect(() => selectWindows(windows, Uint32Array.of(1, 2))).toThrow(
      'Expected indices of windows from 0 to 1, found 2',
    );
  });
});
