/** Packs plain values as MessagePack, and unpacks them. */

import { Packr, RESERVE_START_SPACE } from 'msgpackr/index-no-eval';
import { behindHeadroom, HEADER_BYTES } from './frame.js';
import { MessageRefused } from '../message-refused.js';
import { requirePlainValue } from './plain-value.js';

// Records would be compiled by `new Function`, which pages forbid; each side would also have to remember them.
const packr = new Packr({ useRecords: false, variableMapSize: true });

/** From this many bytes of typed arrays on, msgpackr would allocate four times the memory that a value needs. */
const LARGE = 65_536;

/** Bytes for all of a value but its typed arrays. Where they are not enough, msgpackr allocates more. */
const SMALL = 8_192;

interface NodeGlobals {
  readonly Buffer?: { readonly allocUnsafeSlow: (bytes: number) => Uint8Array };
}

/** Packs a plain value: null, a boolean, a number, text, bytes, or a list or map of plain values. */
export function pack(value: unknown): Uint8Array {
  const binary = binaryBytes(value);
  if (binary < LARGE) {
    return packr.pack(value);
  }
  packr.useBuffer(allocate(HEADER_BYTES + binary + SMALL));
  const packed = behindHeadroom(packr.pack(value, RESERVE_START_SPACE + HEADER_BYTES));
  packr.useBuffer(allocate(SMALL));
  return packed;
}

/** The number of bytes of all typed arrays in a plain value. */
function binaryBytes(value: unknown): number {
  if (value instanceof Uint8Array) {
    return value.length;
  }
  return typeof value === 'object' && value !== null
    ? Object.values(value).reduce<number>((sum, member) => sum + binaryBytes(member), 0)
    : 0;
}

/** Allocates memory in the form that msgpackr wants. */
function allocate(bytes: number): Uint8Array {
  return (globalThis as NodeGlobals).Buffer?.allocUnsafeSlow(bytes) ?? new Uint8Array(bytes);
}

/**
 * Unpacks a plain value from untrusted bytes.
 *
 * @param maxValues - The most values that it may contain, counting each key and member
 * @throws MessageRefused when the bytes are not exactly one plain value
 */
export function unpack(bytes: Uint8Array, maxValues?: number): unknown {
  requirePlainValue(bytes, maxValues);
  try {
    return packr.unpack(bytes);
  } catch (cause) {
    throw new MessageRefused(`not MessagePack: ${String(cause)}`, { cause });
  }
}
