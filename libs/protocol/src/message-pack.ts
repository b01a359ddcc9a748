/** Plain values as MessagePack, and back. */

import { Packr } from 'msgpackr/index-no-eval';
import { MessageRefused } from './message-refused.js';
import { requirePlainFrame } from './plain-frame.js';

// Records would be compiled by `new Function`, which pages forbid; each side would also have to remember them.
const packr = new Packr({ useRecords: false, variableMapSize: true });

/** The bytes of a plain value: nothing, yes or no, a number, text, bytes, lists and maps of these. */
export function pack(value: unknown): Uint8Array {
  return packr.pack(value);
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
