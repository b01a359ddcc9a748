import { describe, expect, it } from 'vitest';
import { createRng } from '../../math/random.js';
import { fp16 } from './fp16.js';

const rng = createRng('unused');

function bitsOf(...values: readonly number[]): readonly string[] {
  const { halves } = fp16.pack(Float32Array.from(values), { kind: 'fp16' }, rng);
  return [...halves].map((half) => half.toString(16).padStart(4, '0'));
}

function valuesOf(...halves: readonly number[]): readonly number[] {
  return [...(fp16.unpack({ kind: 'fp16', halves: Uint16Array.from(halves) }, halves.length) as Float32Array)];
}

describe('fp16', () => {
  it('has the bits of the standard', () => {
    // Values of IEEE 754: 1, -2, the largest, the smallest normal and subnormal, a third, zeros.
    expect(bitsOf(1, -2, 65504, 2 ** -14, 2 ** -24, 1 / 3, 0, -0)).toEqual([
      '3c00',
      'c000',
      '7bff',
      '0400',
      '0001',
      '3555',
      '0000',
      '8000',
    ]);
  });

  it('rounds to the nearest, ties to even, up into the next power of two as well', () => {
    // Between 1 and 2 halves are 2^-10 apart.
    expect(bitsOf(1 + 2 ** -11, 1 + 3 * 2 ** -11, 1 + 2 ** -11 + 2 ** -20, 2 - 2 ** -12)).toEqual([
      '3c00',
      '3c02',
      '3c01',
      '4000',
    ]);
    // Subnormal halves are 2^-24 apart; the last becomes the smallest normal one.
    expect(bitsOf(2 ** -25, 3 * 2 ** -25, 1.1 * 2 ** -25, 2 ** -14 - 2 ** -26)).toEqual([
      '0000',
      '0002',
      '0001',
      '0400',
    ]);
  });

  it('is infinite from 65520 on, and stays no number where it is none', () => {
    expect(bitsOf(65519, 65520, -1e9, Infinity, NaN)).toEqual(['7bff', '7c00', 'fc00', '7c00', '7e00']);
    expect(valuesOf(0x7c00, 0xfc00, 0x7e00)).toEqual([Infinity, -Infinity, NaN]);
  });

  it('gives back every half there is, finite or not', () => {
    const all = Uint16Array.from({ length: 0x10000 }, (_, bits) => bits);
    const values = fp16.unpack({ kind: 'fp16', halves: all }, all.length) as Float32Array;
    const { halves } = fp16.pack(values, { kind: 'fp16' }, rng);
    const wrong = [...all].filter((bits) => halves[bits] !== bits && !Number.isNaN(values[bits]!));
    expect(wrong).toEqual([]);
    expect([...values.filter(Number.isNaN)]).toHaveLength(2 * 1023);
  });

  it('refuses another number of values', () => {
    const packed = fp16.pack(Float32Array.of(1, 2), { kind: 'fp16' }, rng);
    expect(fp16.unpack(packed, 3)).toEqual({ expected: '3 numbers', found: '2' });
  });
});
