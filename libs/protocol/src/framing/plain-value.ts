/**
 * A first check of untrusted MessagePack bytes (https://github.com/msgpack/msgpack/blob/master/spec.md, "Formats"). Only
 * plain values that are complete and not nested too deeply reach the decoder. Extension types, such as records, regular
 * expressions and cycles, are refused.
 */

import { NESTING_DEPTH } from '../limits.js';
import { MessageRefused } from '../message-refused.js';

/** The layout of a value: a first byte, a length where there is one, then bytes or members. */
interface Format {
  /** The number of bytes, without those that the length counts. */
  readonly bytes: number;
  readonly length?: { readonly bytes: 1 | 2 | 4; readonly counts: 'bytes' | 'values' | 'pairs' };
}

/** How far a value reaches. */
interface Extent {
  readonly bytes: number;
  /** The number of values that follow as its members. */
  readonly members: number;
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
  0xd9: { bytes: 2, length: { bytes: 1, counts: 'bytes' } }, // text
  0xda: { bytes: 3, length: { bytes: 2, counts: 'bytes' } },
  0xdb: { bytes: 5, length: { bytes: 4, counts: 'bytes' } },
  0xdc: { bytes: 3, length: { bytes: 2, counts: 'values' } }, // list
  0xdd: { bytes: 5, length: { bytes: 4, counts: 'values' } },
  0xde: { bytes: 3, length: { bytes: 2, counts: 'pairs' } }, // map
  0xdf: { bytes: 5, length: { bytes: 4, counts: 'pairs' } },
};

/**
 * Passes when the bytes are exactly one plain value: null, a boolean, a number, text, bytes, a list or a map.
 *
 * @param mostValues - The most values that it may contain, counting each key and member
 * @throws MessageRefused when the bytes are cut short or too long, or the value is nested too deeply, contains too many
 *   values or one of another type
 */
export function requirePlainValue(bytes: Uint8Array, mostValues?: number): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const missing = [1]; // the number of values still to come in each open list and map
  let offset = 0;
  for (let values = 1; missing.length > 0; values++) {
    if (mostValues !== undefined && values > mostValues) {
      throw new MessageRefused(`more than ${mostValues} values`);
    }
    const extent = extentAt(view, offset);
    offset += extent.bytes;
    missing.push((missing.pop() ?? 0) - 1);
    missing.push(extent.members);
    if (missing.length > NESTING_DEPTH) {
      throw new MessageRefused(`more than ${NESTING_DEPTH} lists and maps inside one another`);
    }
    while (missing.at(-1) === 0) {
      missing.pop();
    }
  }
  if (offset < bytes.length) {
    throw new MessageRefused(`${bytes.length - offset} bytes follow its end`);
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
    return { bytes: 1, members: 0 }; // small whole number
  }
  if (first < 0xc0) {
    return smallExtent(first);
  }
  const format = formats[first];
  if (!format) {
    throw new MessageRefused(`a value of kind 0x${first.toString(16)} at byte ${offset}, which no message has`);
  }
  if (!format.length) {
    return { bytes: format.bytes, members: 0 };
  }
  const length = lengthAt(view, offset + 1, format.length.bytes);
  switch (format.length.counts) {
    case 'bytes':
      return { bytes: format.bytes + length, members: 0 };
    case 'values':
      return { bytes: format.bytes, members: length };
    case 'pairs':
      return { bytes: format.bytes, members: 2 * length };
  }
}

/** The extent of maps, lists and texts that have their length in the first byte. */
function smallExtent(first: number): Extent {
  if (first < 0x90) {
    return { bytes: 1, members: 2 * (first & 0x0f) };
  }
  return first < 0xa0 ? { bytes: 1, members: first & 0x0f } : { bytes: 1 + (first & 0x1f), members: 0 };
}

function lengthAt(view: DataView, offset: number, bytes: 1 | 2 | 4): number {
  if (offset + bytes > view.byteLength) {
    throw new MessageRefused(CUT_SHORT);
  }
  const read = { 1: 'getUint8', 2: 'getUint16', 4: 'getUint32' } as const;
  return view[read[bytes]](offset);
}
