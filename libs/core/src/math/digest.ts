/** SHA-256 of bytes and of plain data, with the same result in Node and in browsers. */

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
