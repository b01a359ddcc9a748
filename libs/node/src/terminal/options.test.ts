import { Command, InvalidArgumentError } from 'commander';
import { describe, expect, it } from 'vitest';
import { addDataOptions, addOutputOptions, addRunOptions, parseCount, parseNames, parseSeconds } from './options.js';

describe('a count', () => {
  it.each([
    ['1', 1],
    ['0042', 42],
    ['1e3', 1000],
  ])('is read from "%s"', (text, count) => {
    expect(parseCount(1)(text)).toBe(count);
  });

  it.each(['0', '-1', '1.5', '', ' ', 'two', '9007199254740993'])('is not read from "%s"', (text) => {
    expect(() => parseCount(1)(text)).toThrow(new InvalidArgumentError('Expected a whole number from 1 on.'));
  });

  it('may be 0 where the option says so', () => {
    expect(parseCount(0)('0')).toBe(0);
  });
});

describe('names', () => {
  it('are separated by commas, with or without spaces', () => {
    expect(parseNames('ann, ben,person 3')).toEqual(['ann', 'ben', 'person 3']);
  });

  it.each(['', 'ann,', 'ann,,ben'])('are not read from "%s"', (text) => {
    expect(() => parseNames(text)).toThrow('Expected names with commas between them.');
  });
});

describe('options that several commands share', () => {
  const parsed = (...args: readonly string[]): object => {
    const command = addOutputOptions(addRunOptions(addDataOptions(new Command()))).exitOverride();
    return command
      .configureOutput({ writeErr: () => undefined })
      .parse(args, { from: 'user' })
      .opts();
  };

  it('are read', () => {
    const args = [
      '--data',
      'd',
      '--layout',
      'csv',
      '--run',
      'r',
      '--seed',
      '0',
      '--backend',
      'wasm',
      '--json',
      '--quiet',
    ];
    expect(parsed(...args)).toEqual({
      data: 'd',
      layout: 'csv',
      run: 'r',
      seed: 0,
      backend: 'wasm',
      json: true,
      quiet: true,
    });
  });

  it('are left out where they are not given', () => {
    expect(parsed('--data', 'd')).toEqual({ data: 'd' });
  });

  it('are refused with what they could be', () => {
    expect(() => parsed()).toThrow("required option '--data <dir>' not specified");
    expect(() => parsed('--data', 'd', '--backend', 'gpu')).toThrow('Allowed choices are native, wasm, cpu.');
    expect(() => parsed('--data', 'd', '--layout', 'zip')).toThrow(/Allowed choices are .*csv/);
  });
});

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
