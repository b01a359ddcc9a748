/** CRC-32C (Castagnoli), the checksum of TensorBoard's files. */

const REFLECTED_POLYNOMIAL = 0x82f63b78;
const BITS = 8;

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < BITS; bit++) {
    remainder = remainder & 1 ? (remainder >>> 1) ^ REFLECTED_POLYNOMIAL : remainder >>> 1;
  }
  return remainder;
});

/** The checksum as an unsigned integer. */
export function crc32c(bytes: Uint8Array): number {
  let remainder = 0xffffffff;
  for (const byte of bytes) {
    remainder = (remainder >>> BITS) ^ (table[(remainder ^ byte) & 0xff] ?? 0);
  }
  return (remainder ^ 0xffffffff) >>> 0;
}

/** The checksum as record files keep it: a checksum of bytes that hold checksums would be a weak one. */
export function maskedCrc32c(bytes: Uint8Array): number {
  const sum = crc32c(bytes);
  const rotated = ((sum >>> 15) | (sum << 17)) >>> 0;
  return (rotated + 0xa282ead8) >>> 0;
}
