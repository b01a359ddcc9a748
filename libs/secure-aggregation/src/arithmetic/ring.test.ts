import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addPacked, centred, firstOutside, lengthOf, pack, reduce, type Ring, ringFor } from './ring.js';

const bitsFor = (count: number, bound: number): number => ringFor(count, [{ size: 1, bound }]).bits;

describe('the ring of a cohort', () => {
  it('has a value of its own for each sum: 2^k >= 2 x count x bound + 1', () => {
    expect(bitsFor(3, 1)).toBe(3); // -3 to 3 are seven sums
    expect(bitsFor(4, 1)).toBe(4); // -4 to 4 are nine
    expect(bitsFor(10, 2 ** 35)).toBe(40); // 20 x 2^35 < 2^40
    expect(bitsFor(16, 2 ** 35)).toBe(41);
    expect(ringFor(10, [{ size: 1, bound: 2 ** 35 }])).toEqual({ bits: 40, modulus: 2 ** 40, bytesPerValue: 5 });
  });

  it('follows the largest bound of all segments', () => {
    const segments = [
      { size: 5, bound: 100 },
      { size: 2, bound: 3000 },
    ];
    expect(ringFor(10, segments).bits).toBe(16);
    expect(lengthOf(segments)).toBe(7);
  });

  it('has at most 48 bits', () => {
    expect(bitsFor(2 ** 10, 2 ** 37 - 1)).toBe(48);
    expect(() => bitsFor(2 ** 10, 2 ** 37)).toThrow('expected at most 48 bits a value, found 49');
    expect(() => bitsFor(3, 0)).toThrow('segments[0]: expected a positive whole size and bound, found 1 and 0');
    expect(() => ringFor(3, [])).toThrow('at most 48 bits');
  });
});

describe('values of a ring', () => {
  const ring = ringFor(10, [{ size: 1, bound: 2 ** 35 }]);

  it('are written little-endian, first the low 32 bits of all, then the bytes above them', () => {
    const values = Float64Array.of(1, 2 ** 40 - 2, 2 ** 32 + 3);
    const low = [1, 0, 0, 0, 254, 255, 255, 255, 3, 0, 0, 0];
    expect([...pack(values, ring)]).toEqual([...low, 0, 255, 1]);
    const wide: Ring = { bits: 41, modulus: 2 ** 41, bytesPerValue: 6 };
    expect([...pack(values, wide)]).toEqual([...low, 0, 0, 255, 0, 1, 0]);
    expect([...pack(Float64Array.of(1, 999), ringFor(3, [{ size: 2, bound: 100 }]))]).toEqual([
      1, 0, 0, 0, 231, 3, 0, 0,
    ]);
  });

  it('are read wherever the bytes begin', () => {
    const packed = pack(Float64Array.of(5, 2 ** 39), ring);
    const later = new Uint8Array(packed.length + 1);
    later.set(packed, 1);
    const sum = Float64Array.of(1, 2 ** 39 + 2);
    addPacked(sum, later.subarray(1), ring);
    expect([...sum]).toEqual([6, 2]);
  });

  it('wrap around, and come back to the numbers of smallest magnitude', () => {
    const values = Float64Array.of(-1, 5, -(2 ** 39), 2 ** 39 - 1, 2 ** 52);
    reduce(values, ring);
    expect([...values]).toEqual([2 ** 40 - 1, 5, 2 ** 39, 2 ** 39 - 1, 0]);
    expect([...centred(values, ring)]).toEqual([-1, 5, -(2 ** 39), 2 ** 39 - 1, 0]);
  });

  it('add modulo 2^k, whatever k is, to the same integers', () => {
    const bits = fc.integer({ min: 2, max: 48 });
    fc.assert(
      fc.property(bits, fc.array(fc.maxSafeInteger(), { minLength: 1, maxLength: 20 }), (k, integers) => {
        const some: Ring = { bits: k, modulus: 2 ** k, bytesPerValue: k > 40 ? 6 : k > 32 ? 5 : 4 };
        const sum = new Float64Array(1);
        for (const integer of integers) {
          const value = Float64Array.of(integer);
          reduce(value, some);
          addPacked(sum, pack(value, some), some);
        }
        const exact = integers.reduce((total, integer) => total + BigInt(integer), 0n);
        expect(BigInt(sum[0]!)).toBe(BigInt.asUintN(k, exact));
        expect(BigInt(centred(sum, some)[0]!)).toBe(BigInt.asIntN(k, exact));
      }),
    );
  });

  it('are refused when they are too few, too many or too large, and then nothing is added', () => {
    const small = ringFor(3, [{ size: 2, bound: 100 }]); // 10 bits
    const sum = Float64Array.of(7, 8);
    expect(() => {
      addPacked(sum, Uint8Array.of(1, 0, 1), small);
    }).toThrow('expected 8 bytes of values, found 3');
    expect(() => {
      addPacked(sum, Uint8Array.of(1, 3, 0, 0, 0, 4, 0, 0), small);
    }).toThrow('expected values below 2^10');
    expect([...sum]).toEqual([7, 8]);
    addPacked(sum, Uint8Array.of(1, 3, 0, 0, 255, 3, 0, 0), small);
    expect([...sum]).toEqual([776, 7]);
  });

  it('are compared with the bound of their segment', () => {
    const segments = [
      { size: 2, bound: 10 },
      { size: 1, bound: 3 },
    ];
    expect(firstOutside(Float64Array.of(10, -10, 3), segments, 1)).toBe(-1);
    expect(firstOutside(Float64Array.of(10, -11, 3), segments, 1)).toBe(1);
    expect(firstOutside(Float64Array.of(0, 0, 4), segments, 1)).toBe(2);
    expect(firstOutside(Float64Array.of(20, -20, 7), segments, 2)).toBe(2);
    expect(firstOutside(Float64Array.of(0.5, 0, 0), segments, 1)).toBe(0);
    expect(firstOutside(Float64Array.of(NaN, 0, 0), segments, 1)).toBe(0);
  });
});
