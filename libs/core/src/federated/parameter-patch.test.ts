import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyPatch, patchBetween } from './parameter-patch.js';

/** Floats of these bits: NaN of all kinds, -0 and denormal numbers among them. */
const ofBits = (bits: Uint32Array): Float32Array => new Float32Array(bits.slice().buffer);
const bitsOf = (values: Float32Array): number[] => [...new Uint32Array(values.slice().buffer)];
const anyBits = fc.oneof(fc.nat(0xffffffff), fc.constantFrom(0, 0x80000000, 0x7fc00001, 0xffc12345, 0x7f800000, 1));

describe('a patch of parameters', () => {
  it('has the changed values and the gaps between them', () => {
    const base = Float32Array.of(1, 2, 3, 4, 5, 6);
    const next = Float32Array.of(1, 2.5, 3, 4, 5, -6);
    const patch = { gaps: Uint8Array.of(1, 3), values: Float32Array.of(2.5, -6) };
    expect(patchBetween(base, next, 24)).toEqual(patch);
    expect(applyPatch(base, patch)).toEqual(next);
    expect([...base]).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('is empty where nothing changed', () => {
    const base = Float32Array.of(1, NaN);
    expect(patchBetween(base, base.slice(), 1)).toEqual({ gaps: new Uint8Array(), values: new Float32Array() });
  });

  it('takes another zero and another NaN for a change, and the same NaN for none', () => {
    const base = ofBits(Uint32Array.of(0, 0x7fc00001, 0x7fc00001));
    const next = ofBits(Uint32Array.of(0x80000000, 0x7fc00001, 0x7fc00002));
    const patch = patchBetween(base, next, 100);
    expect(patch?.gaps).toEqual(Uint8Array.of(0, 1));
    expect(bitsOf(patch!.values)).toEqual([0x80000000, 0x7fc00002]);
  });

  it('is none where it would take as many bytes as it must stay below', () => {
    const base = new Float32Array(400);
    const next = base.slice();
    [0, 1, 399].forEach((place) => {
      next[place] = 1;
    });
    // Three values, and gaps of 0, 0 and 397, which takes two bytes.
    expect(patchBetween(base, next, 17)?.gaps).toEqual(Uint8Array.of(0, 0, 0x8d, 0x03));
    expect(patchBetween(base, next, 16)).toBeUndefined();
    expect(patchBetween(base, next, 15)).toBeUndefined();
    expect(patchBetween(base, base, 0)).toBeUndefined();
  });

  it.each([
    ['as small as it can be where every other value is new', 2, 10_000 + 40_000],
    ['none where nearly all are', 1, undefined],
  ])('is %s, among many', (_, distance, bytes) => {
    const base = new Float32Array(20_000);
    const patch = patchBetween(
      base,
      base.map((value, place) => (place % distance === 0 ? 1 : value)),
      base.byteLength,
    );
    expect(patch && patch.gaps.length + patch.values.byteLength).toBe(bytes);
  });

  it('is none between parameters of other sizes', () => {
    expect(patchBetween(new Float32Array(3), new Float32Array(4), 1000)).toBeUndefined();
  });

  it('keeps every bit, wherever the parameters lie in memory', () => {
    const change = fc.record({ place: fc.nat(299), bits: anyBits });
    fc.assert(
      fc.property(fc.array(anyBits, { minLength: 1, maxLength: 300 }), fc.array(change), (bits, changes) => {
        const base = ofBits(Uint32Array.from([7, ...bits])).subarray(1);
        const changed = Uint32Array.from(bits);
        for (const { place, bits } of changes) {
          changed[place % changed.length] = bits;
        }
        const patch = patchBetween(base, ofBits(changed), 10_000)!;
        expect(bitsOf(applyPatch(base, patch) as Float32Array)).toEqual([...changed]);
        expect(bitsOf(base)).toEqual(bits);
      }),
    );
  });

  it('that does not fit is refused', () => {
    const base = new Float32Array(6);
    const patch = { gaps: Uint8Array.of(1, 4), values: Float32Array.of(5, 6) };
    expect(applyPatch(base, patch)).toEqual({ expected: 'places below 6', found: '6' });
    expect(applyPatch(base, { ...patch, values: Float32Array.of(5) })).toEqual({
      expected: 'a place for each of 1 numbers',
      found: '2',
    });
    expect(applyPatch(base, { ...patch, gaps: Uint8Array.of(1, 0x84) })).toMatchObject({ found: 'a cut gap' });
  });
});
