import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addAll, centred, pack, packedParts, residuesOf } from './residues.js';
import type { Ring } from './ring.js';

const ringOf = (bits: number): Ring => ({ bits, bytesPerValue: bits > 32 ? 6 : 4 });

describe('residues', () => {
  it('are packed little-endian, first the low 32 bits of all, then the 16 bits above them', () => {
    const values = residuesOf(Float64Array.of(1, 2 ** 40 - 2, 2 ** 32 + 3));
    const low = [1, 0, 0, 0, 254, 255, 255, 255, 3, 0, 0, 0];
    expect([...pack(values, ringOf(40))]).toEqual([...low, 0, 0, 255, 0, 1, 0]);
    expect([...pack(values, ringOf(48))]).toEqual([...low, 0, 0, 255, 0, 1, 0]);
    expect([...pack(residuesOf(Float64Array.of(1, -1)), ringOf(10))]).toEqual([1, 0, 0, 0, 255, 3, 0, 0]);
  });

  it('are packed in parts of 4,096 values', () => {
    const packed = pack(residuesOf(Float64Array.from({ length: 4098 }, (_, place) => place + 2 ** 33)), ringOf(48));
    expect([...packed.subarray(4 * 4096, 4 * 4096 + 4)]).toEqual([2, 0, 2, 0]);
    expect([...packed.subarray(6 * 4096)]).toEqual([0, 16, 0, 0, 1, 16, 0, 0, 2, 0, 2, 0]);
  });

  it('wrap around, and come back to the numbers of smallest magnitude', () => {
    const values = residuesOf(Float64Array.of(-1, 5, -(2 ** 39), 2 ** 39, 2 ** 39 - 1, 2 ** 52));
    expect([...centred(values, ringOf(40))]).toEqual([-1, 5, -(2 ** 39), -(2 ** 39), 2 ** 39 - 1, 0]);
  });

  it('add and take away modulo 2^bits, whatever the bits are, to the same integers', () => {
    const bits = fc.integer({ min: 2, max: 48 });
    const addend = fc.tuple(fc.maxSafeInteger(), fc.constantFrom(1 as const, -1 as const));
    fc.assert(
      fc.property(bits, fc.array(addend, { minLength: 1, maxLength: 20 }), (k, addends) => {
        const ring = ringOf(k);
        const sum = residuesOf(Float64Array.of(0, 7, 0));
        const packed = addends.map(([integer, sign]) => ({
          parts: packedParts(pack(residuesOf(Float64Array.of(integer, 0, integer)), ring)),
          sign,
        }));
        addAll(sum, packed, ring);
        const exact = addends.reduce((total, [integer, sign]) => total + BigInt(integer) * BigInt(sign), 0n);
        const [first, second, third] = [...centred(sum, ring)].map(BigInt);
        expect([first, third]).toEqual([BigInt.asIntN(k, exact), BigInt.asIntN(k, exact)]);
        expect(second).toBe(BigInt.asIntN(k, 7n));
      }),
    );
  });

  it('are as many as one likes', () => {
    const values = Float64Array.from({ length: 10_001 }, (_, place) => (place - 5000) * 2 ** 30);
    const sum = residuesOf(values);
    const ring = ringOf(45);
    addAll(sum, [{ parts: packedParts(pack(sum.slice(), ring)), sign: 1 }], ring);
    expect(centred(sum, ring)).toEqual(values.map((value) => 2 * value));
  });
});
