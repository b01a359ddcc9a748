/** Typed arrays as little-endian bytes: the form in which parameters and updates travel. */

/** Bytes of one parameter, a 32-bit floating-point number. */
export const BYTES_PER_VALUE = 4;

/** A view of the numbers' memory as bytes, which is little-endian on every platform that runs Gaitway. */
export function bytesOfNumbers(values: ArrayBufferView): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

/** Copies bytes that may lie anywhere in a larger buffer into memory of their own, aligned for any typed array. */
export function memoryOf(bytes: Uint8Array): ArrayBuffer {
  const copy = new Uint8Array(bytes.length);
  copy.set(bytes);
  return copy.buffer;
}
