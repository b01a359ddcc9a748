/**
 * Values for some of many positions: the largest changes of an update, or the parameters that have changed. Ascending
 * positions are encoded as the gaps between them, each in as few bytes as it needs: 7 bits per byte, lowest first
 * (LEB128).
 */

import type { DecodeError } from './compression-kind.js';

const MORE = 0x80;
/** Length of the longest gap in bytes: 35 bits. */
const MAX_BYTES = 5;

/**
 * The gap of the first position is the position itself; that of another one is the number of positions skipped before
 * it.
 */
export function gapsOf(places: Uint32Array): Uint8Array {
  const bytes = new Uint8Array(places.length * MAX_BYTES);
  let length = 0;
  let next = 0;
  for (const place of places) {
    let gap = place - next;
    while (gap >= MORE) {
      bytes[length++] = (gap % MORE) | MORE;
      gap = Math.floor(gap / MORE);
    }
    bytes[length++] = gap;
    next = place + 1;
  }
  return bytes.slice(0, length);
}

/** The positions that the gaps encode, ascending; undefined where the bytes end within a gap or a gap is too long. */
export function placesOf(gaps: Uint8Array): Float64Array | undefined {
  const places = new Float64Array(gaps.length);
  let count = 0;
  let next = 0;
  let bytes = 0;
  let gap = 0;
  for (const byte of gaps) {
    gap += (byte % MORE) * MORE ** bytes;
    bytes++;
    if (bytes > MAX_BYTES) {
      return undefined;
    }
    if (byte < MORE) {
      places[count] = next + gap;
      next = places[count++]! + 1;
      [bytes, gap] = [0, 0];
    }
  }
  return bytes === 0 ? places.subarray(0, count) : undefined;
}

export interface PlacedValues {
  /** Positions of the values, encoded as by `gapsOf`. */
  readonly gaps: Uint8Array;
  readonly values: Float32Array;
}

/**
 * Puts each value in its position, bit for bit, and returns `into`; or returns what does not fit, and leaves `into`
 * unchanged.
 */
export function putPlaced(into: Float32Array, { gaps, values }: PlacedValues): Float32Array | DecodeError {
  const places = placesOf(gaps);
  if (places?.length !== values.length) {
    return {
      expected: `a place for each of ${values.length} numbers`,
      found: places ? `${places.length}` : 'a cut gap',
    };
  }
  const last = places.at(-1) ?? -1;
  if (last >= into.length) {
    return { expected: `places below ${into.length}`, found: `${last}` };
  }
  const [bitsInto, bits] = [bitsOf(into), bitsOf(values)];
  places.forEach((place, index) => {
    bitsInto[place] = bits[index]!;
  });
  return into;
}

/**
 * The bits of the numbers, in the same memory: a NaN that is read and written as a number can become a different NaN.
 */
export function bitsOf({ buffer, byteOffset, length }: Float32Array): Uint32Array {
  return new Uint32Array(buffer, byteOffset, length);
}
