/**
 * Writes messages of Protocol Buffers (https://protobuf.dev/programming-guides/encoding/). A message is the list of its
 * fields one after the other, each in bytes.
 */

/** Wire types: how the value of a field is encoded. */
const VARINT = 0;
const LENGTH_DELIMITED = 2;

/** Numbers of 7 bits, the lowest first; the eighth bit says that more follow. */
const BASE = 128;

/** A field that holds a whole number from 0 on, as int32, int64 and enumerations are written. */
export function integerField(field: number, value: number): Uint8Array {
  return Uint8Array.from([...varint(tag(field, VARINT)), ...varint(value)]);
}

/** A field that holds text, bytes or another message. */
export function bytesField(field: number, content: string | Uint8Array): Uint8Array {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return message(Uint8Array.from([...varint(tag(field, LENGTH_DELIMITED)), ...varint(bytes.length)]), bytes);
}

/** A message of these fields. */
export function message(...fields: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(fields.reduce((length, field) => length + field.length, 0));
  let next = 0;
  for (const field of fields) {
    bytes.set(field, next);
    next += field.length;
  }
  return bytes;
}

function tag(field: number, wireType: number): number {
  return field * 8 + wireType;
}

function varint(value: number): readonly number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= BASE) {
    bytes.push((rest % BASE) + BASE);
    rest = Math.floor(rest / BASE);
  }
  return [...bytes, rest];
}
