import { InvalidArgumentError } from 'commander';
import { describe, expect, it } from 'vitest';
import { parseSeconds } from './parse-seconds.js';

describe('a duration', () => {
  it.each([
    ['1', 1],
    ['3600', 3_600],
    ['1000000', 1_000_000],
  ])('is read from "%s"', (text, seconds) => {
    expect(parseSeconds(1)(text)).toBe(seconds);
  });

  it.each(['0', '-1', '1.5', '', ' ', 'two', '1000001', '2147484', '1e300', 'Infinity'])(
    'is not read from "%s"',
    (text) => {
      const error = new InvalidArgumentError('Expected a whole number of seconds from 1 to 1000000.');
      expect(() => parseSeconds(1)(text)).toThrow(error);
    },
  );

  it('may be 0 where the option says so', () => {
    expect(parseSeconds(0)('0')).toBe(0);
  });
});
