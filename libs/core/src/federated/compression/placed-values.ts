/** Values for some of many positions: the largest changes of an update, or the parameters that have changed. */

import type { Misfit } from './compression-kind.js';
import { placesOf } from './gaps.js';

export interface PlacedValues {
  /** Positions of the values, encoded as by `gapsOf`. */
  readonly gaps: Uint8Array;
  readonly values: Float32Array;
}

/**
 * Puts each value in its position, bit for bit, and returns `into`; or returns what does not fit, and leaves `into`
 * unchanged.
 */
export function putPlaced(into: Float32Array, { gaps, values }: PlacedValues): Float32Array | Misfit {
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
