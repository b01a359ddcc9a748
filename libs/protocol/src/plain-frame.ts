/**
 * A first look at bytes from outside (MessagePack, https://github.com/msgpack/msgpack/blob/master/spec.md, "Formats"):
 * only plain values go on to the decoder, whole and not too deep. Extensions, such as records, regular expressions and
 * cycles, have no place in a message.
 */

import { NESTING_DEPTH } from './limits.js';
import { MessageRefused } from './message-refused.js';

/** How a value lies in a frame: a first byte, a length where there is one, then bytes or members. */
interface Format {
  /** Bytes without those that the length counts. */
  readonly bytes: number;
  readonly length?: { readonly bytes: 1 | 2 | 4; readonly counts: 'bytes' | 'values' | 'pairs' };
}

interface Extent {
  readonly bytes: number;
  /** Values that follow as its members. */
  readonly members: number;
}

const CUT_SHORT = 'the bytes are cut short';

/** Formats from 0xc0 to 0xdf. One that is missing here is refused. */
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
 * Lets a frame through that holds one plain value: nothing, yes or no, a number, text, bytes, a list or a map.
 *
 * @param mostValues - How many values there may be in it, each key and member counted
 * @throws MessageRefused when it is cut short, goes on behind its end, is too deep, holds too many values or one of another kind
 */
export function requirePlainFrame(frame: Uint8Array, mostValues?: number): void {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  const missing = [1]; // values still to come in each open list and map
  let place = 0;
  for (let values = 1; missing.length > 0; values++) {
    if (mostValues !== undefined && values > mostValues) {
      throw new MessageRefused(`more than ${mostValues} values`);
    }
    const { bytes, members } = extentAt(view, place);
    place += bytes;
    missing.push((missing.pop() ?? 0) - 1);
    missing.push(members);
    if (missing.length > NESTING_DEPTH) {
      throw new MessageRefused(`more than ${NESTING_DEPTH} lists and maps inside one another`);
    }
    while (missing.at(-1) === 0) {
      missing.pop();
    }
  }
  if (place < frame.length) {
    throw new MessageRefused(`${frame.length - place} bytes follow its end`);
  }
}

function extentAt(view: DataView, place: number): Extent {
  if (place >= view.byteLength) {
    throw new MessageRefused(CUT_SHORT);
  }
  const extent = extentOf(view.getUint8(place), view, place);
  if (place + extent.bytes > view.byteLength) {
    throw new MessageRefused(CUT_SHORT);
  }
  return extent;
}

function extentOf(first: number, view: DataView, place: number): Extent {
  if (first < 0x80 || first >= 0xe0) {
    return { bytes: 1, members: 0 }; // small whole number
  }
  if (first < 0xc0) {
    return smallExtent(first);
  }
  const format = formats[first];
  if (!format) {
    throw new MessageRefused(`a value of kind 0x${first.toString(16)} at byte ${place}, which no message has`);
  }
  if (!format.length) {
    return { bytes: format.bytes, members: 0 };
  }
  const length = lengthAt(view, place + 1, format.length.bytes);
  switch (format.length.counts) {
    case 'bytes':
      return { bytes: format.bytes + length, members: 0 };
    case 'values':
      return { bytes: format.bytes, members: length };
    case 'pairs':
      return { bytes: format.bytes, members: 2 * length };
  }
}

/** Maps, lists and texts that say their length in the first byte. */
function smallExtent(first: number): Extent {
  if (first < 0x90) {
    return { bytes: 1, members: 2 * (first & 0x0f) };
  }
  return first < 0xa0 ? { bytes: 1, members: first & 0x0f } : { bytes: 1 + (first & 0x1f), members: 0 };
}

function lengthAt(view: DataView, place: number, bytes: 1 | 2 | 4): number {
  if (place + bytes > view.byteLength) {
    throw new MessageRefused(CUT_SHORT);
  }
  const read = { 1: 'getUint8', 2: 'getUint16', 4: 'getUint32' } as const;
  return view[read[bytes]](place);
}
