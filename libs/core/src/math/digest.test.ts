import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, digestBytes, digestJson, crc32c } from './digest.js';

describe('the digest of bytes', () => {
  it('is SHA-256, by the examples of FIPS 180-4', async () => {
    const text = (value: string): Uint8Array => new TextEncoder().encode(value);
    expect(await digestBytes(text('abc'))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(await digestBytes(text(''))).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });

  it('reads numbers as little-endian bytes, and of a view only its part', async () => {
    // hashlib.sha256(struct.pack('<3f', 1.5, -2.25, 3)) in Python
    const expected = 'e38418e0e2f003a830357e59de9f6aad1b54c578d797018f1bff4e9f9a7d7c27';
    expect(await digestBytes(Float32Array.of(1.5, -2.25, 3))).toBe(expected);
    expect(await digestBytes(Float32Array.of(9, 1.5, -2.25, 3, 9).subarray(1, 4))).toBe(expected);
  });
});

describe('canonical JSON', () => {
  it('sorts keys at every depth and has no white space', () => {
    const value = { é: true, b: [1, { z: null, a: 'ü' }], a: { y: 0, x: -0.5 } };
    expect(canonicalJson(value)).toBe('{"a":{"x":-0.5,"y":0},"b":[1,{"a":"ü","z":null}],"é":true}');
  });

  it('keeps the order of lists', () => {
    expect(canonicalJson([3, 1, 2])).toBe('[3,1,2]');
  });

  it('leaves out undefined members and writes null for undefined items, as JSON does', () => {
    const value = { a: undefined, b: [undefined, 1] };
    expect(canonicalJson(value)).toBe('{"b":[null,1]}');
    expect(canonicalJson(value)).toBe(JSON.stringify(value));
  });

  it('escapes keys and texts', () => {
    expect(canonicalJson({ 'a"b': 'line\n' })).toBe('{"a\\"b":"line\\n"}');
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('refuses %f, which would pass for null', (value) => {
    expect(() => canonicalJson({ a: [1, value] })).toThrow('Expected a finite number');
  });

  it('reads back as the same data', () => {
    const value = { stages: [{ name: 'teacher', steps: 300 }, { name: 'student' }], seed: 1, rate: 3e-4, none: null };
    expect(JSON.parse(canonicalJson(value))).toEqual(value);
  });
});

describe('the digest of plain data', () => {
  it('is that of its canonical JSON in UTF-8, whatever the order of keys', async () => {
    // hashlib.sha256 of json.dumps(…, sort_keys=True, ensure_ascii=False) in Python
    const expected = 'f1438872a910ad905e7947783d33e40bf1ac0bf709eb2aa33c56c706c93ff7de';
    expect(await digestJson({ é: true, b: [1, { z: null, a: 'ü' }], a: { y: 0, x: -0.5 } })).toBe(expected);
    expect(await digestJson({ a: { x: -0.5, y: 0 }, b: [1, { a: 'ü', z: null }], é: true })).toBe(expected);
  });

  it('differs where the data differ', async () => {
    const digests = await Promise.all([{ a: 1 }, { a: '1' }, { a: [1] }, { b: 1 }, { a: null }, {}].map(digestJson));
    expect(new Set(digests).size).toBe(6);
  });
});

/** Bit by bit, as the polynomial says. */
function bitwise(bytes: Uint8Array): number {
  let remainder = 0xffffffff;
  for (const byte of bytes) {
    remainder ^= byte;
    for (let bit = 0; bit < 8; bit++) {
      remainder = remainder & 1 ? (remainder >>> 1) ^ 0x82f63b78 : remainder >>> 1;
    }
  }
  return ~remainder >>> 0;
}

describe('CRC-32C', () => {
  it.each([
    ['32 bytes of zero', new Uint8Array(32), 0x8a9136aa],
    ['32 bytes of ones', new Uint8Array(32).fill(0xff), 0x62a8ab43],
    ['bytes counting up', Uint8Array.from({ length: 32 }, (_, index) => index), 0x46dd794e],
    ['bytes counting down', Uint8Array.from({ length: 32 }, (_, index) => 31 - index), 0x113fdb5c],
  ])('is that of RFC 3720, appendix B.4, for %s', (_, bytes, expected) => {
    expect(crc32c(bytes)).toBe(expected);
  });

  it('is the check value of the catalogue of parametrised CRC algorithms for the digits 1 to 9', () => {
    expect(crc32c(Buffer.from('123456789'))).toBe(0xe3069283);
  });

  it('is the remainder of the polynomial, whatever the length and wherever the bytes lie', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat(7), (bytes, start) => {
        const view = bytes.subarray(Math.min(start, bytes.length));
        expect(crc32c(view)).toBe(bitwise(view));
      }),
    );
  });

  it.each([32_760, 32_768, 32_769, 65_536, 100_003])('is that of %i bytes, which go through in blocks', (length) => {
    const bytes = Uint8Array.from({ length }, (_, index) => (index * index) % 251);
    expect(crc32c(bytes)).toBe(bitwise(bytes));
  });
});
