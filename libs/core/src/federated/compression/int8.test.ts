import { describe, expect, it } from 'vitest';
import { createRng } from '../../math/random.js';
import { int8, type Int8Delta } from './int8.js';

function pack(values: ArrayLike<number>, seed: number | string = 1): Int8Delta {
  return int8.pack(Float32Array.from(values), { kind: 'int8' }, createRng(seed));
}

function unpack(packed: Int8Delta): Float32Array {
  return int8.unpack(packed, packed.steps.length) as Float32Array;
}

describe('int8', () => {
  it('is exact where all values are whole steps of the largest', () => {
    // The largest of 127 / 64 makes steps of 1 / 64.
    const values = [127 / 64, -127 / 64, 0, 1 / 64, -5 / 64];
    const packed = pack(values);
    expect(packed).toEqual({ kind: 'int8', scales: Float32Array.of(1 / 64), steps: Int8Array.of(127, -127, 0, 1, -5) });
    expect([...unpack(packed)]).toEqual(values);
  });

  it('has a scale for each 1,024 values', () => {
    const values = new Float32Array(2050).fill(127, 0, 1024).fill(254, 1024, 2048).fill(0, 2048);
    const packed = pack(values);
    expect([...packed.scales]).toEqual([1, 2, 0]);
    expect(unpack(packed)).toEqual(values);
  });

  it('rounds up as often as its place between two steps says, below zero too', () => {
    // Steps of 1: 0.25 is 1 in a quarter of 40,000 draws, whose deviation is 87; -0.25 is -1 in a quarter.
    for (const [value, deviation] of [
      [0.25, 87],
      [-0.25, 87],
      [3.5, 100],
    ] as const) {
      const counted = Array.from({ length: 40 }, (_, seed) => {
        const values = new Float32Array(1001).fill(value);
        values[0] = 127;
        return unpack(pack(values, seed))
          .subarray(1)
          .reduce((sum, one) => sum + one, 0);
      });
      const sum = counted.reduce((a, b) => a + b, 0);
      expect(Math.abs(sum - 40_000 * value)).toBeLessThan(4 * deviation);
    }
  });

  it('draws the same bits from the same seed, and others from another', () => {
    const values = Array.from({ length: 3000 }, (_, index) => Math.sin(index));
    expect(pack(values)).toEqual(pack(values));
    expect(pack(values, 2).steps).not.toEqual(pack(values).steps);
  });

  it('is never further off than a step', () => {
    const rng = createRng('values');
    const values = Float32Array.from({ length: 5000 }, () => rng.normal() * 1e-3);
    const packed = pack(values);
    unpack(packed).forEach((value, index) => {
      expect(Math.abs(value - values[index]!)).toBeLessThan(packed.scales[Math.floor(index / 1024)]! * 1.0001);
    });
  });

  it('keeps a block that did not change as it is, and one of the smallest numbers', () => {
    expect(unpack(pack(new Float32Array(1024)))).toEqual(new Float32Array(1024));
    expect([...unpack(pack([2 ** -149, 0]))]).toEqual([0, 0]);
  });

  it('is not finite where something in a block was not', () => {
    for (const bad of [NaN, Infinity, -Infinity]) {
      const values = new Float32Array(1025).fill(1);
      values[7] = bad;
      const found = unpack(pack(values));
      expect(found.subarray(0, 1024).some(Number.isFinite)).toBe(false);
      expect(found[1024]).toBe(1);
    }
  });

  it('refuses another number of values or scales', () => {
    const packed = pack(new Float32Array(1025));
    expect(int8.unpack(packed, 1024)).toEqual({ expected: '1024 numbers', found: '1025' });
    expect(int8.unpack({ ...packed, scales: Float32Array.of(1) }, 1025)).toEqual({ expected: '2 scales', found: '1' });
  });
});
