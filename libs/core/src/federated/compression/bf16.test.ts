import { describe, expect, it } from 'vitest';
import { createRng } from '../../math/random.js';
import { bf16 } from './bf16.js';

const rng = createRng('unused');

function there(...values: readonly number[]): readonly string[] {
  const { halves } = bf16.pack(Float32Array.from(values), { kind: 'bf16' }, rng);
  return [...halves].map((half) => half.toString(16).padStart(4, '0'));
}

function andBack(...values: readonly number[]): readonly number[] {
  return [...(bf16.unpack(bf16.pack(Float32Array.from(values), { kind: 'bf16' }, rng), values.length) as Float32Array)];
}

describe('bf16', () => {
  it('is the upper half of a single', () => {
    // Bits of singles: 3f800000, c0000000, 40490fdb.
    expect(there(1, -2, Math.PI, 0, -0)).toEqual(['3f80', 'c000', '4049', '0000', '8000']);
    expect(andBack(1, -2, Math.PI)).toEqual([1, -2, 3.140625]);
  });

  it('rounds to the nearest, ties to even', () => {
    // Between 1 and 2 values are 2^-7 apart.
    expect(andBack(1 + 2 ** -8, 1 + 3 * 2 ** -8, 1 + 2 ** -8 + 2 ** -20)).toEqual([1, 1 + 2 ** -6, 1 + 2 ** -7]);
  });

  it('has the range of singles, also among the subnormal ones', () => {
    expect(andBack(2 ** 120, -(2 ** -120), 2 ** -133)).toEqual([2 ** 120, -(2 ** -120), 2 ** -133]);
  });

  it('keeps what is not finite', () => {
    expect(andBack(Infinity, -Infinity, NaN)).toEqual([Infinity, -Infinity, NaN]);
    // A NaN whose bits are all in the lower half would become infinite.
    const hidden = new Float32Array(Uint32Array.of(0x7f800001).buffer);
    expect(bf16.unpack(bf16.pack(hidden, { kind: 'bf16' }, rng), 1)).toEqual(Float32Array.of(NaN));
  });

  it('refuses another number of values', () => {
    expect(bf16.unpack({ kind: 'bf16', halves: new Uint16Array(4) }, 3)).toEqual({ expected: '3 numbers', found: '4' });
  });
});
