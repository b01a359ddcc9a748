import { describe, expect, it } from 'vitest';
import { crc32c, maskedCrc32c } from './crc32c.js';

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

  it('is rotated by 15 bits and moved by a constant where it is masked', () => {
    // 0xe3069283 rotated right by 15: 0x2507c60d; plus 0xa282ead8.
    expect(maskedCrc32c(Buffer.from('123456789'))).toBe(0xc78ab0e5);
  });
});
