/** Typed arrays inside plain data, in a form that MessagePack keeps: little-endian bytes under the array's kind. */

const FLOAT32 = '#float32';
const FLOAT64 = '#float64';

/** The value with its arrays as bytes. Members that are undefined are left out, as in JSON. */
export function arraysAsBytes(value: unknown): unknown {
  if (value instanceof Float32Array) {
    return { [FLOAT32]: bytesOf(value) };
  }
  if (value instanceof Float64Array) {
    return { [FLOAT64]: bytesOf(value) };
  }
  if (Array.isArray(value)) {
    return value.map(arraysAsBytes);
  }
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    return Object.fromEntries(members.map(([key, member]) => [key, arraysAsBytes(member)]));
  }
  return value;
}

/** The value with its arrays as they were, each in memory of its own. */
export function bytesAsArrays(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(bytesAsArrays);
  }
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) {
    return value;
  }
  const members = value as Readonly<Record<string, unknown>>;
  const { [FLOAT32]: float32, [FLOAT64]: float64 } = members;
  if (float32 instanceof Uint8Array) {
    return new Float32Array(new Uint8Array(float32).buffer);
  }
  if (float64 instanceof Uint8Array) {
    return new Float64Array(new Uint8Array(float64).buffer);
  }
  return Object.fromEntries(Object.entries(members).map(([key, member]) => [key, bytesAsArrays(member)]));
}

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array | Float64Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
