import { describe, expect, it } from 'vitest';
import {
  bytes,
  count,
  counted,
  date,
  duration,
  estimate,
  learningRate,
  points,
  score,
  share,
  signed,
  timeOfDay,
} from './format.js';

describe('numbers in reports', () => {
  it('are scores of three digits, with a dash where there is none', () => {
    expect([score(0.8814), score(1), score(-0.05), score(null)]).toEqual(['0.881', '1.000', '−0.050', '–']);
  });

  it('are scores with their interval, where there is one', () => {
    expect(estimate(0.7321, { low: 0.6876, high: 0.7712 })).toBe('0.732 [0.69, 0.77]');
    expect([estimate(0.7321, undefined), estimate(null, undefined)]).toEqual(['0.732', '–']);
  });

  it('are differences in points, a point being 0.01', () => {
    expect(points(0.784, 0.881)).toBe('+9.7');
    expect(points(0.881, 0.784)).toBe('−9.7');
    expect(points(0.5, 0.5004)).toBe('0.0');
    expect(points(null, 0.5)).toBe('–');
  });

  it('are differences with their sign, and learning rates however small', () => {
    expect([signed(0.0131), signed(-0.05), signed(0)]).toEqual(['+0.013', '−0.050', '+0.000']);
    expect([0.0003, 0.000075, 0.0003 / 8].map(learningRate)).toEqual(['0.0003', '0.000075', '0.0000375']);
  });

  it('are counts with their nouns', () => {
    expect([count(4611), counted(1, 'window'), counted(1402, 'window')]).toEqual([
      '4,611',
      '1 window',
      '1,402 windows',
    ]);
  });

  it('are shares that call neither a little nothing nor almost all all', () => {
    expect([share(39, 100), share(0, 7), share(1, 300), share(299, 300), share(7, 7), share(0, 0)]).toEqual([
      '39%',
      '0%',
      '<1%',
      '>99%',
      '100%',
      '–',
    ]);
  });

  it('are durations in the units that fit', () => {
    expect([0.84, 9.96, 59.4, 59.6, 192, 7199, 7200, 93_780].map(duration)).toEqual([
      '0.8 s',
      '10 s',
      '59 s',
      '1 min 0 s',
      '3 min 12 s',
      '1 h 59 min',
      '2 h 0 min',
      '26 h 3 min',
    ]);
  });

  it('are bytes in decimal units', () => {
    expect([0, 999, 1562424, 15_624_240, 356_232_672, 5e15].map(bytes)).toEqual([
      '0 bytes',
      '999 bytes',
      '1.56 MB',
      '15.6 MB',
      '356 MB',
      '5000 TB',
    ]);
  });

  it('are dates and times in UTC, wherever they are read', () => {
    expect(date('2026-03-05T23:59:09.120Z')).toBe('5 March 2026');
    expect(timeOfDay('2026-03-05T18:04:09.120Z')).toBe('18:04');
  });
});
