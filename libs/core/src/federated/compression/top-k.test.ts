import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRng } from '../../math/random.js';
import { gapsOf, placesOf } from './placed-values.js';
import { topK, type TopKDelta } from './top-k.js';

function pack(share: number, ...values: readonly number[]): TopKDelta {
  return topK.pack(Float32Array.from(values), { kind: 'top-k', share }, createRng('unused'));
}

function kept(share: number, ...values: readonly number[]): readonly number[] {
  return [...(topK.unpack(pack(share, ...values), values.length) as Float32Array)];
}

describe('top-k', () => {
  it('keeps the largest changes as they are, either way, and no others', () => {
    expect(kept(0.25, 1, -5, 2, 3, 0, 0.5, -4, 0)).toEqual([0, -5, 0, 0, 0, 0, -4, 0]);
    expect(pack(0.25, 1, -5, 2, 3, 0, 0.5, -4, 0)).toEqual({
      kind: 'top-k',
      gaps: Uint8Array.of(1, 4),
      values: Float32Array.of(-5, -4),
    });
  });

  it('rounds their number up, so that there is one at least', () => {
    expect(kept(0.26, 1, 2, 3, 4)).toEqual([0, 0, 3, 4]);
    expect(kept(0.001, 1, 2, 3, 4)).toEqual([0, 0, 0, 4]);
  });

  it('takes the first of equally large ones', () => {
    expect(kept(0.5, 1, -1, 1, -1, 1, 2)).toEqual([1, -1, 0, 0, 0, 2]);
  });

  it('sends nothing where nothing changed', () => {
    expect(pack(0.5, 0, 0, 7, -0, 0, 0).values).toEqual(Float32Array.of(7));
    expect(kept(0.5, 0, 0)).toEqual([0, 0]);
  });

  it('never drops what is not finite', () => {
    expect(kept(0.25, 1e30, NaN, 1, 1)).toEqual([0, NaN, 0, 0]);
    expect(kept(0.25, 1e30, 1, -Infinity, 1)).toEqual([0, 0, -Infinity, 0]);
  });

  it('keeps exactly as many as it should, the sum of whose squares is the largest', () => {
    const values = fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(values, fc.double({ min: 0.01, max: 0.5, noNaN: true }), (given, share) => {
        const magnitudes = given.map((value) => Math.abs(Math.fround(value))).toSorted((a, b) => b - a);
        const expected = magnitudes.slice(0, Math.ceil(share * given.length)).filter((magnitude) => magnitude > 0);
        const found = [...pack(share, ...given).values].map(Math.abs).toSorted((a, b) => b - a);
        expect(found).toEqual(expected);
      }),
    );
  });

  it('refuses places that are not there, and values without a place', () => {
    const packed = { kind: 'top-k', gaps: Uint8Array.of(1, 4), values: Float32Array.of(5, 6) } as const;
    expect(topK.unpack(packed, 6)).toEqual({ expected: 'places below 6', found: '6' });
    expect(topK.unpack({ ...packed, values: Float32Array.of(5) }, 7)).toMatchObject({ found: '2' });
    expect(topK.unpack({ ...packed, gaps: Uint8Array.of(1, 0x84) }, 7)).toMatchObject({ found: 'a cut gap' });
    expect(topK.unpack({ ...packed, gaps: new Uint8Array(9).fill(0x80) }, 7)).toMatchObject({ found: 'a cut gap' });
  });
});

describe('gaps', () => {
  it('take as many bytes as they need', () => {
    // 300 = 2 x 128 + 44, then 299 places lie between 300 and 600.
    expect([...gapsOf(Uint32Array.of(0, 300, 600, 601))]).toEqual([0, 0xab, 2, 0xab, 2, 0]);
  });

  it('lead back to the places, up to the last of 32 bits', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 2 ** 32 - 1 })), (places) => {
        const ascending = places.toSorted((a, b) => a - b);
        expect([...placesOf(gapsOf(Uint32Array.from(ascending)))!]).toEqual(ascending);
      }),
    );
  });
});
