/**
 * Encodes TensorBoard's events. An event is a protocol buffer (tensorflow/core/util/event.proto), framed as a record:
 * length, checksum of the length, event, checksum of the event; everything is little-endian.
 */

import { crc32c } from '@gaitway/core/internal';

/** A value at a step. */
export interface Scalar {
  /** Its name in TensorBoard; the part before a slash is the group. */
  readonly tag: string;
  readonly value: number;
}

/** Wire types of protocol buffers. */
const wire = { varint: 0, double: 1, bytes: 2, float: 5 } as const;

/** The name by which TensorBoard recognises its files; it reads those of a folder in the order of the seconds in it. */
export function eventFileName(startedAt: Date): string {
  return `events.out.tfevents.${Math.floor(startedAt.getTime() / 1000)}.gaitway`;
}

/** The first record of each file. */
export function versionRecord(seconds: number): Buffer {
  return record(Buffer.concat([double(1, seconds), bytes(3, Buffer.from('brain.Event:2'))]));
}

/** @param seconds - Time in seconds since 1970. */
export function scalarRecord(seconds: number, step: number, scalars: readonly Scalar[]): Buffer {
  const values = scalars.map(({ tag, value }) =>
    bytes(1, Buffer.concat([bytes(1, Buffer.from(tag)), float(2, value)])),
  );
  const summary = bytes(5, Buffer.concat(values));
  return record(Buffer.concat([double(1, seconds), key(2, wire.varint), varint(step), summary]));
}

function record(event: Buffer): Buffer {
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(event.length));
  return Buffer.concat([length, checksum(length), event, checksum(event)]);
}

function checksum(content: Buffer): Buffer {
  const sum = Buffer.alloc(4);
  sum.writeUInt32LE(maskedCrc32c(content));
  return sum;
}

function key(field: number, kind: number): Buffer {
  return varint((field << 3) | kind);
}

/** Encodes seven bits per byte, lowest first; all bytes but the last have their highest bit set. */
function varint(value: number): Buffer {
  const digits: number[] = [];
  let rest = value;
  while (rest >= 0x80) {
    digits.push((rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  return Buffer.from([...digits, rest]);
}

function double(field: number, value: number): Buffer {
  const content = Buffer.alloc(8);
  content.writeDoubleLE(value);
  return Buffer.concat([key(field, wire.double), content]);
}

function float(field: number, value: number): Buffer {
  const content = Buffer.alloc(4);
  content.writeFloatLE(value);
  return Buffer.concat([key(field, wire.float), content]);
}

function bytes(field: number, content: Buffer): Buffer {
  return Buffer.concat([key(field, wire.bytes), varint(content.length), content]);
}

/** The masked CRC-32C of record files, because a plain checksum of bytes that contain checksums would be weak. */
export function maskedCrc32c(bytes: Uint8Array): number {
  const sum = crc32c(bytes);
  const rotated = ((sum >>> 15) | (sum << 17)) >>> 0;
  return (rotated + 0xa282ead8) >>> 0;
}
