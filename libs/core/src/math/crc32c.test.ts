import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crc32c } from './crc32c.js';

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
