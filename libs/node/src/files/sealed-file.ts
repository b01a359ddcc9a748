/**
 * Stores plain data with typed arrays as the bytes of a file, with digests that reveal damage:
 *
 * ```
 * a line    format, SHA-256 of the table, length of the table in bytes
 * table     MessagePack of the data with each array replaced by its index, and of length and SHA-256 of each array
 * arrays    one after the other
 * ```
 */

import { InvalidInput } from '@gaitway/core';
import { digestBytes } from '@gaitway/core/internal';
import { pack, unpack } from '@gaitway/protocol';
import { z } from 'zod';
import { parametersDigest } from './parameters-digest.js';

/** Longer than any first line, so that a file of another kind is not searched to its end. */
const LONGEST_LINE = 200;

const schema = z.strictObject({
  /** The data, in which each array is replaced by its index in the list of arrays. */
  value: z.unknown(),
  arrays: z.array(z.strictObject({ bytes: z.int().nonnegative(), sha256: z.string() })),
});
type Table = z.infer<typeof schema>;

/**
 * The bytes in pieces, one after the other; the pieces of arrays are the arrays' own memory.
 *
 * @param format - Must change when an older reader would misread a newer file
 * @param value - Its Float32Arrays must not change any more
 */
export async function seal(format: string, value: unknown): Promise<readonly Uint8Array[]> {
  const arrays: Numbers[] = [];
  const plain = withoutArrays(value, (array) => arrays.push(array) - 1);
  const table: Table = { value: plain, arrays: await Promise.all(arrays.map(described)) };
  const packed = pack(table);
  const line = Buffer.from(`${format} ${await digestBytes(packed)} ${packed.length}\n`);
  return [line, packed, ...arrays.map(bytesOf)];
}

async function described(array: Numbers): Promise<Table['arrays'][number]> {
  const sha256 = array instanceof Float32Array ? parametersDigest(array) : await digestBytes(bytesOf(array));
  return { bytes: array.byteLength, sha256 };
}

/**
 * The value that was passed to {@link seal}.
 *
 * @throws InvalidInput when a single bit has changed, or the format is another one
 */
export async function unseal(format: string, bytes: Uint8Array, source: string): Promise<unknown> {
  const end = bytes.subarray(0, LONGEST_LINE).indexOf(0x0a);
  const [found, digest, length] = new TextDecoder().decode(bytes.subarray(0, Math.max(0, end))).split(' ');
  if (found !== format) {
    throw damaged(source, `expected a file that begins with "${format}", found another beginning`);
  }
  const start = end + 1 + Number(length);
  const packed = bytes.subarray(end + 1, start);
  await requireDigest(packed, digest, source);
  const { value, arrays } = schema.parse(unpack(packed));
  const contents = await arraysFrom(bytes.subarray(start), arrays, source);
  return withArrays(value, (place) => contents[Number(place)] ?? new Uint8Array());
}

/** The bytes of each array, after checking that all are unchanged and no other bytes follow. */
async function arraysFrom(bytes: Uint8Array, arrays: Table['arrays'], source: string): Promise<readonly Uint8Array[]> {
  const contents: Uint8Array[] = [];
  let place = 0;
  for (const { bytes: count, sha256 } of arrays) {
    const content = bytes.subarray(place, place + count);
    await requireDigest(content, sha256, source);
    contents.push(content);
    place += count;
  }
  if (place !== bytes.length) {
    throw damaged(source, `expected ${place} bytes of arrays, found ${bytes.length}`);
  }
  return contents;
}

async function requireDigest(part: Uint8Array, sha256: string | undefined, source: string): Promise<void> {
  const found = await digestBytes(part);
  if (found !== sha256) {
    const expected = `expected content with the SHA-256 ${sha256 ?? '?'}`;
    throw damaged(source, `${expected}, found ${found}: it was cut short or changed`);
  }
}

function bytesOf({ buffer, byteOffset, byteLength }: Numbers): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function damaged(source: string, message: string): InvalidInput {
  return new InvalidInput(source, [{ path: '', message }]);
}

/** The typed arrays that a run or a client stores. */
export type Numbers = Float32Array | Float64Array;

const kinds = { '#float32': Float32Array, '#float64': Float64Array } as const;
type Kind = keyof typeof kinds;

/** The value with each array replaced by the result of `note`. Members that are undefined are left out, as in JSON. */
function withoutArrays(value: unknown, note: (array: Numbers) => unknown): unknown {
  if (value instanceof Float32Array || value instanceof Float64Array) {
    return { [kindOf(value)]: note(value) };
  }
  if (Array.isArray(value)) {
    return value.map((member) => withoutArrays(member, note));
  }
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    return Object.fromEntries(members.map(([key, member]) => [key, withoutArrays(member, note)]));
  }
  return value;
}

/**
 * The value with its arrays restored, each in separate memory.
 *
 * @param bytesOf - The bytes of the array that a note stands for
 */
function withArrays(value: unknown, bytesOf: (note: unknown) => Uint8Array): unknown {
  if (Array.isArray(value)) {
    return value.map((member) => withArrays(member, bytesOf));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const members = Object.entries(value);
  const [kind, note] = members[0] ?? [''];
  if (members.length === 1 && isKind(kind)) {
    return new kinds[kind](new Uint8Array(bytesOf(note)).buffer);
  }
  return Object.fromEntries(members.map(([key, member]) => [key, withArrays(member, bytesOf)]));
}

function kindOf(array: Numbers): Kind {
  return array instanceof Float32Array ? '#float32' : '#float64';
}

function isKind(key: string): key is Kind {
  return Object.hasOwn(kinds, key);
}
