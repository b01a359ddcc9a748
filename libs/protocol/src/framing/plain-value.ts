/**
 * A first check of untrusted MessagePack bytes (https://github.com/msgpack/msgpack/blob/master/spec.md, "Formats"). Only
 * plain values that are complete and not nested too deeply reach the decoder. Extension types, such as records, regular
 * expressions and cycles, are refused. So is a map with the same key twice, of which the decoder would keep one value.
 */

import { NESTING_DEPTH } from '../limits.js';
import { MessageRefused } from '../message-refused.js';

/** The layout of a value: a first byte, a length where there is one, then bytes or members. */
interface Format {
  /** The number of bytes, without those that the length counts. */
  readonly bytes: number;
  readonly length?: { readonly bytes: 1 | 2 | 4; readonly counts: 'bytes' | 'text' | 'values' | 'pairs' };
}

/** How far a value reaches. */
interface Extent {
  readonly bytes: number;
  /** The number of values that follow as its members. */
  readonly members: number;
  readonly type: 'text' | 'map' | 'other';
}

/** A list or map whose end has not been reached. */
interface OpenValue {
  /** The number of values that are still to come in it. */
  missing: number;
  /** The keys so far, in a map. */
  readonly keys?: Set<string>;
}

const CUT_SHORT = 'the bytes are cut short';

/** The formats from 0xc0 to 0xdf, by first byte. A format that is missing here is refused. */
const formats: Readonly<Record<number, Format>> = {
  0xc0: { bytes: 1 }, // nil
  0xc2: { bytes: 1 }, // false
  0xc3: { bytes: 1 }, // true
  0xc4: { bytes: 2, length: { bytes: 1, counts: 'bytes' } }, // bytes
  0xc5: { bytes: 3, length: { bytes: 2, counts: 'bytes' } },
  0xc6: { bytes: 5, length: { bytes: 4, counts: 'bytes' } },
  0xca: { bytes: 5 }, // 32-bit floating point
  0xcb: { bytes: 9 }, // 64-bit floating point
  0xcc: { bytes: 2 }, // whole numbers
  0xcd: { bytes: 3 },
  0xce: { bytes: 5 },
  0xd0: { bytes: 2 },
  0xd1: { bytes: 3 },
  0xd2: { bytes: 5 },
  0xd9: { bytes: 2, length: { bytes: 1, counts: 'text' } }, // text
  0xda: { bytes: 3, length: { bytes: 2, counts: 'text' } },
  0xdb: { bytes: 5, length: { bytes: 4, counts: 'text' } },
  0xdc: { bytes: 3, length: { bytes: 2, counts: 'values' } }, // list
  0xdd: { bytes: 5, length: { bytes: 4, counts: 'values' } },
  0xde: { bytes: 3, length: { bytes: 2, counts: 'pairs' } }, // map
  0xdf: { bytes: 5, length: { bytes: 4, counts: 'pairs' } },
};

/**
 * Passes when the bytes are exactly one plain value: null, a boolean, a number, text, bytes, a list or a map.
 *
 * @param maxValues - The most values that it may contain, counting each key and member
 * @throws MessageRefused when the bytes are cut short or too long, or the value is nested too deeply, contains too many
 *   values or one of another type, or a map in it has a key twice or a key that is no text
 */
export function requirePlainValue(bytes: Uint8Array, maxValues?: number): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const open: OpenValue[] = [{ missing: 1 }];
  let offset = 0;
  for (let values = 1; open.length > 0; values++) {
    if (maxValues !== undefined && values > maxValues) {
      throw new MessageRefused(`more than ${maxValues} values`);
    }
    const extent = extentAt(view, offset);
    const parent = open.at(-1);
    if (parent) {
      requireNewKey(parent, extent, bytes.subarray(offset, offset + extent.bytes));
      parent.missing--;
    }
    offset += extent.bytes;
    open.push({ missing: extent.members, ...(extent.type === 'map' && { keys: new Set() }) });
    if (open.length > NESTING_DEPTH) {
      throw new MessageRefused(`more than ${NESTING_DEPTH} lists and maps inside one another`);
    }
    while (open.at(-1)?.missing === 0) {
      open.pop();
    }
  }
  if (offset < bytes.length) {
    throw new MessageRefused(`${bytes.length - offset} bytes follow its end`);
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Passes for a value that is no key, and for a text that is not a key of the map yet. */
function requireNewKey({ missing, keys }: OpenValue, { type }: Extent, value: Uint8Array): void {
  if (!keys || missing % 2 === 1) {
    return;
  }
  if (type !== 'text') {
    throw new MessageRefused('a key that is no text');
  }
  const key = textOf(value);
  if (keys.has(key)) {
    throw new MessageRefused(`the key "${key}" twice in one map`);
  }
  keys.add(key);
}

function textOf(value: Uint8Array): string {
  try {
    return utf8.decode(value.subarray(formats[value[0] ?? 0]?.bytes ?? 1));
  } catch {
    throw new MessageRefused('a key that is no text');
  }
}

function extentAt(view: DataView, offset: number): Extent {
  if (offset >= view.byteLength) {
    throw new MessageRefused(CUT_SHORT);
  }
  const extent = extentOf(view.getUint8(offset), view, offset);
  if (offset + extent.bytes > view.byteLength) {
    throw new MessageRefused(CUT_SHORT);
  }
  return extent;
}

function extentOf(first: number, view: DataView, offset: number): Extent {
  if (first < 0x80 || first >= 0xe0) {
    return { bytes: 1, members: 0, type: 'other' }; // small whole number
  }
  if (first < 0xc0) {
    return smallExtent(first);
  }
  const format = formats[first];
  if (!format) {
    throw new MessageRefused(`a value of kind 0x${first.toString(16)} at byte ${offset}, which no message has`);
  }
  if (!format.length) {
    return { bytes: format.bytes, members: 0, type: 'other' };
  }
  const length = lengthAt(view, offset + 1, format.length.bytes);
  switch (format.length.counts) {
    case 'bytes':
      return { bytes: format.bytes + length, members: 0, type: 'other' };
    case 'text':
      return { bytes: format.bytes + length, members: 0, type: 'text' };
    case 'values':
      return { bytes: format.bytes, members: length, type: 'other' };
    case 'pairs':
      return { bytes: format.bytes, members: 2 * length, type: 'map' };
  }
}

/** The extent of maps, lists and texts that have their length in the first byte. */
function smallExtent(first: number): Extent {
  if (first < 0x90) {
    return { bytes: 1, members: 2 * (first & 0x0f), type: 'map' };
  }
  return first < 0xa0
    ? { bytes: 1, members: first & 0x0f, type: 'other' }
    : { bytes: 1 + (first & 0x1f), members: 0, type: 'text' };
}

function lengthAt(view: DataView, offset: number, bytes: 1 | 2 | 4): number {
  if (offset + bytes > view.byteLength) {
    throw new MessageRefused(CUT_SHORT);
  }
  const read = { 1: 'getUint8', 2: 'getUint16', 4: 'getUint32' } as const;
  return view[read[bytes]](offset);
}
