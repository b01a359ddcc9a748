/** The checksum of TensorBoard's files. */

import { crc32c } from '@gaitway/core';

/** CRC-32C as record files keep it: a checksum of bytes that hold checksums would be a weak one. */
export function maskedCrc32c(bytes: Uint8Array): number {
  const sum = crc32c(bytes);
  const rotated = ((sum >>> 15) | (sum << 17)) >>> 0;
  return (rotated + 0xa282ead8) >>> 0;
}
