/** Plain values as MessagePack, and back. */

import { Packr, RESERVE_START_SPACE } from 'msgpackr/index-no-eval';
import { behindRoom, HEADER_BYTES } from './frame-room.js';
import { MessageRefused } from './message-refused.js';
import { requirePlainFrame } from './plain-frame.js';

// Records would be compiled by `new Function`, which pages forbid; each side would also have to remember them.
const packr = new Packr({ useRecords: false, variableMapSize: true });

/** For a value with more bytes in it, msgpackr would make four times the memory that it takes. */
const LARGE = 65_536;

/** For all but the typed arrays of a value; where that is not enough, msgpackr makes more. */
const SMALL = 8_192;

interface NodeGlobals {
  readonly Buffer?: { readonly allocUnsafeSlow: (bytes: number) => Uint8Array };
}

/** The bytes of a plain value: nothing, yes or no, a number, text, bytes, lists and maps of these. */
export function pack(value: unknown): Uint8Array {
  const binary = binaryBytes(value);
  if (binary < LARGE) {
    return packr.pack(value);
  }
  packr.useBuffer(allocate(HEADER_BYTES + binary + SMALL));
  const packed = behindRoom(packr.pack(value, RESERVE_START_SPACE + HEADER_BYTES));
  packr.useBuffer(allocate(SMALL));
  return packed;
}

/** Bytes of all typed arrays in a plain value. */
function binaryBytes(value: unknown): number {
  if (value instanceof Uint8Array) {
    return value.length;
  }
  return typeof value === 'object' && value !== null
    ? Object.values(value).reduce<number>((sum, member) => sum + binaryBytes(member), 0)
    : 0;
}

/** Memory as msgpackr wants it. */
function allocate(bytes: number): Uint8Array {
  return (globalThis as NodeGlobals).Buffer?.allocUnsafeSlow(bytes) ?? new Uint8Array(bytes);
}

/**
 * The plain value behind bytes from anywhere.
 *
 * @param mostValues - How many values there may be in it, each key and member counted
 * @throws MessageRefused when they are not one plain value.
 */
export function unpack(bytes: Uint8Array, mostValues?: number): unknown {
  requirePlainFrame(bytes, mostValues);
  try {
    return packr.unpack(bytes);
  } catch (cause) {
    throw new MessageRefused(`not MessagePack: ${String(cause)}`, { cause });
  }
}
