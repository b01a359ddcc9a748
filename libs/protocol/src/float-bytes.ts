/** Numbers as little-endian bytes: how parameters travel, and updates in any form. */

export const BYTES_PER_VALUE = 4;

/** The bytes of the numbers, as they lie in memory: little-endian on every platform that runs Gaitway. A view. */
export function bytesOfNumbers(values: ArrayBufferView): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

/** The memory of numbers of some kind, from bytes that may lie anywhere in a larger buffer: a copy, bit for bit. */
export function memoryOf(bytes: Uint8Array): ArrayBuffer {
  const copy = new Uint8Array(bytes.length);
  copy.set(bytes);
  return copy.buffer;
}
