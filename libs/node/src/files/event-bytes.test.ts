import { expect, it } from 'vitest';
import { maskedCrc32c } from './event-bytes.js';

it('rotates the checksum by 15 bits and moves it by a constant', () => {
  // 0xe3069283 rotated right by 15: 0x2507c60d; plus 0xa282ead8.
  expect(maskedCrc32c(Buffer.from('123456789'))).toBe(0xc78ab0e5);
});
