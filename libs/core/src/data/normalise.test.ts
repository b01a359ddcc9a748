import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { oneChannel } from '../testing/windows.js';
import { channelStatistics, mergeStatistics, normalisationFrom, normalisationOf } from './normalise.js';
import type { SensorRecording } from './recording.js';

const twoChannels = (values: readonly number[], subject = 'ann'): SensorRecording =>
  oneChannel(values, { channels: ['x', 'y'], subject });

describe('channel statistics', () => {
  test('are count, mean and summed squares by hand', () => {
    // x: 1, 3, 5; y: 2, 2, 8.
    expect(channelStatistics([twoChannels([1, 2, 3, 2]), twoChannels([5, 8])])).toEqual({
      channels: ['x', 'y'],
      count: 3,
      mean: [3, 4],
      squaredDeviations: [8, 24],
    });
  });

  test('hold far from zero, where squares minus the square of the mean would be lost', () => {
    const { mean, squaredDeviations } = channelStatistics([oneChannel([1e6, 1e6 + 1, 1e6 + 2, 1e6 + 3])]);
    expect(mean[0]).toBe(1e6 + 1.5);
    expect(squaredDeviations[0]).toBeCloseTo(5, 9);
  });

  test('merge to the same in any order and any grouping', () => {
    const parts = fc.array(fc.array(fc.double({ min: -8, max: 8, noNaN: true }), { minLength: 1, maxLength: 20 }), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(parts, fc.nat(), (lists, cut) => {
        const statistics = lists.map((values) => channelStatistics([oneChannel(values)]));
        const whole = channelStatistics([oneChannel(lists.flat())]);
        const split = cut % lists.length;
        const regrouped = mergeStatistics([
          mergeStatistics(statistics.slice(split).reverse()),
          mergeStatistics(statistics.slice(0, split)),
        ]);
        expect(regrouped.count).toBe(whole.count);
        expect(regrouped.mean[0]).toBeCloseTo(whole.mean[0]!, 12);
        expect(regrouped.squaredDeviations[0]).toBeCloseTo(whole.squaredDeviations[0]!, 9);
      }),
    );
  });

  test('survive the way through JSON', () => {
    const statistics = channelStatistics([twoChannels([1, 2, 3, 7])]);
    expect(JSON.parse(JSON.stringify(statistics))).toEqual(statistics);
  });
});

describe('normalisation', () => {
  test('has the deviation of the samples themselves, not of an estimate from them', () => {
    expect(normalisationOf([twoChannels([1, 2, 3, 2, 5, 8])])).toEqual({
      mean: [3, 4],
      standardDeviation: [Math.sqrt(8 / 3), Math.sqrt(8)],
    });
  });

  test('of a channel that never changes is refused, naming channel, value and people', () => {
    const stuck = [twoChannels([1, 9.5, 2, 9.5], 'ann'), twoChannels([3, 9.5], 'bob')];
    expect(() => normalisationOf(stuck)).toThrow(
      'normalisation: channel "y": expected values that change, found 9.5 in every sample of people ann, bob',
    );
    expect(() => normalisationOf(stuck.slice(0, 1))).toThrow('of person ann');
  });

  test('sees a channel that never changes also where its value has no exact binary form', () => {
    expect(() => normalisationOf([oneChannel(Array<number>(1000).fill(0.1))])).toThrow('channel "x"');
  });

  test('of a channel that is stuck for one person only is accepted', () => {
    expect(normalisationOf([twoChannels([1, 9, 2, 9], 'ann'), twoChannels([3, 8], 'bob')]).mean[0]).toBe(2);
  });

  test('of nothing is refused', () => {
    expect(() => normalisationFrom(mergeStatistics([]), [])).toThrow('expected recordings with samples, found none');
  });
});
