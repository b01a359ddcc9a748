/**
 * SHA-256 of bytes and of plain data, and the checksum CRC-32C, with the same results in Node and in browsers.
 *
 * CRC-32C (Castagnoli) detects whether bytes changed on their way: any burst of up to 32 bits, and in some thousand
 * bytes any three changed bits wherever they are. It processes eight bytes a step, as in Kounavis and Berry, "A
 * Systematic Approach to Building High Performance Software-Based CRC Generators", 2005; the steps are in WebAssembly.
 */

import { vectorKernels } from './vector-kernels.js';

/** A SHA-256 digest in lower-case hexadecimal. */
export type Digest = string;

/** SHA-256 of the bytes of a typed array, as they lie in memory (little-endian on every supported platform). */
export async function digestBytes(values: Uint8Array | Float32Array): Promise<Digest> {
  const hash = await crypto.subtle.digest('SHA-256', unshared(values));
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The bytes themselves; a copy where their memory is shared with other threads, which Web Crypto does not accept. */
function unshared({ buffer, byteOffset, byteLength }: Uint8Array | Float32Array): Uint8Array<ArrayBuffer> {
  return buffer instanceof ArrayBuffer
    ? new Uint8Array(buffer, byteOffset, byteLength)
    : new Uint8Array(new Uint8Array(buffer, byteOffset, byteLength));
}

/** SHA-256 of plain JSON data; it does not depend on the order of keys. */
export async function digestJson(value: unknown): Promise<Digest> {
  return digestBytes(new TextEncoder().encode(canonicalJson(value)));
}

/**
 * JSON with sorted keys and no white space. `undefined` members are left out, as by JSON.stringify.
 *
 * @throws RangeError for NaN and infinities, which JSON cannot represent: they would share the digest of `null`.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new RangeError(`Expected a finite number, got ${value}`);
  }
  if (Array.isArray(value)) {
    return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
    return `{${members.join(',')}}`;
  }
  return JSON.stringify(value);
}

const REFLECTED_POLYNOMIAL = 0x82f63b78;
const BITS = 8;
const BYTES_PER_STEP = 8;
const BYTE_VALUES = 256;

/** Table k holds the remainder of each byte followed by k zero bytes. */
const tables = remainderTables();

/** Number of bytes that are copied to the kernels at a time. */
const BLOCK = 32_768;

const kernels = vectorKernels(tables.byteLength + BLOCK);
new Uint32Array(kernels.memory.buffer).set(tables);
const block = new Uint8Array(kernels.memory.buffer, tables.byteLength, BLOCK);

function remainderTables(): Uint32Array {
  const remainders = new Uint32Array(BYTES_PER_STEP * BYTE_VALUES);
  for (let byte = 0; byte < BYTE_VALUES; byte++) {
    let remainder = byte;
    for (let bit = 0; bit < BITS; bit++) {
      remainder = remainder & 1 ? (remainder >>> 1) ^ REFLECTED_POLYNOMIAL : remainder >>> 1;
    }
    remainders[byte] = remainder;
  }
  for (let place = BYTE_VALUES; place < remainders.length; place++) {
    const before = remainders[place - BYTE_VALUES]!;
    remainders[place] = (before >>> BITS) ^ remainders[before & 0xff]!;
  }
  return remainders;
}

/** The checksum as an unsigned 32-bit integer. */
export function crc32c(bytes: Uint8Array): number {
  const stepped = bytes.length - (bytes.length % BYTES_PER_STEP);
  let remainder = 0xffffffff;
  for (let start = 0; start < stepped; start += BLOCK) {
    const part = bytes.subarray(start, Math.min(start + BLOCK, stepped));
    block.set(part);
    remainder = kernels.remainderAfter(block.byteOffset, block.byteOffset + part.length, remainder);
  }
  for (let place = stepped; place < bytes.length; place++) {
    remainder = (remainder >>> BITS) ^ tables[(remainder ^ bytes[place]!) & 0xff]!;
  }
  return (remainder ^ 0xffffffff) >>> 0;
}
