import { InvalidArgumentError } from 'commander';
import { describe, expect, it } from 'vitest';
import { isWithin, nextBoundary, parseWindows, windowsText } from './daily-windows.js';

/** A time on a day far from any change of clocks. */
const at = (hours: number, minutes: number, seconds = 0, day = 10): Date =>
  new Date(2026, 0, day, hours, minutes, seconds);

describe('times of the day', () => {
  const night = parseWindows('22:00-06:00');

  it.each([
    [21, 59, 59, false],
    [22, 0, 0, true],
    [23, 59, 59, true],
    [0, 0, 0, true],
    [5, 59, 59, true],
    [6, 0, 0, false],
    [12, 0, 0, false],
  ])(
    'over midnight begin with their first minute and end before their last: %i:%i:%i',
    (hours, minutes, seconds, is) => {
      expect(isWithin(night, at(hours, minutes, seconds))).toBe(is);
    },
  );

  it.each([
    [12, 29, 59, false],
    [12, 30, 0, true],
    [13, 29, 59, true],
    [13, 30, 0, false],
  ])('of one day begin and end in the same way: %i:%i:%i', (hours, minutes, seconds, is) => {
    expect(isWithin(parseWindows('12:30-13:30'), at(hours, minutes, seconds))).toBe(is);
  });

  it('end with the day where they end at 24:00 or 00:00', () => {
    for (const text of ['20:00-24:00', '20:00-00:00']) {
      expect(isWithin(parseWindows(text), at(23, 59, 59))).toBe(true);
      expect(isWithin(parseWindows(text), at(0, 0))).toBe(false);
      expect(nextBoundary(parseWindows(text), at(21, 0))).toEqual(at(0, 0, 0, 11));
    }
    expect(isWithin(parseWindows('00:00-24:00'), at(0, 0))).toBe(true);
  });

  it('have a next boundary: today, tomorrow, the earliest of several', () => {
    expect(nextBoundary(night, at(21, 59, 59))).toEqual(at(22, 0));
    expect(nextBoundary(night, at(22, 0))).toEqual(at(6, 0, 0, 11));
    expect(nextBoundary(night, at(5, 30))).toEqual(at(6, 0));
    expect(nextBoundary(parseWindows('12:30-13:30', night), at(11, 0))).toEqual(at(12, 30));
    expect(nextBoundary([], at(11, 0))).toBeUndefined();
  });

  it('are read from lists and from options that are repeated, and written the same', () => {
    const windows = parseWindows('06:05-07:00, 12:30-13:30', night);
    expect(windowsText(windows)).toBe('22:00-06:00, 06:05-07:00, 12:30-13:30');
    expect([at(23, 0), at(6, 30), at(13, 0), at(9, 0)].map((time) => isWithin(windows, time))).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });

  it.each([
    '',
    '22:00',
    '22-6',
    '22:00-22:00',
    '24:00-06:00',
    '22:00-24:01',
    '22:60-23:00',
    '00:00-00:00',
    '1:00-2:00,',
  ])('are refused: "%s"', (text) => {
    expect(() => parseWindows(text)).toThrow(InvalidArgumentError);
  });
});
