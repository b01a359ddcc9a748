/** Numbers as little-endian bytes: how parameters travel. */

export const BYTES_PER_VALUE = 4;

/** The bytes of the numbers, as they lie in memory: little-endian on every platform that runs Gaitway. A view. */
export function bytesOfFloats(values: Float32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

/** The numbers behind bytes that may lie anywhere in a larger buffer. A copy, bit for bit. */
export function floatsFromBytes(bytes: Uint8Array): Float32Array {
  const values = new Float32Array(bytes.length / BYTES_PER_VALUE);
  new Uint8Array(values.buffer).set(bytes);
  return values;
}
