/** Parameters as what is new in them: for whoever has others of which most are the same. */

import type { Misfit } from './compression/compression-kind.js';
import { gapsOf } from './compression/gaps.js';
import { bitsOf, putPlaced, type PlacedValues } from './compression/placed-values.js';

/** The values themselves, not differences: whoever applies them has the same bits. */
export type ParameterPatch = PlacedValues;

/** Bytes that a changed value takes at least: its own, and one for its place. */
const LEAST_BYTES = 5;

/**
 * What makes `next` of `base`: the values whose bits differ. Stops looking as soon as they are too many.
 *
 * @param belowBytes - Gaps and values must take fewer
 * @returns undefined where they do not, and where `base` has another size
 */
export function patchBetween(base: Float32Array, next: Float32Array, belowBytes: number): ParameterPatch | undefined {
  if (base.length !== next.length || belowBytes <= 0) {
    return undefined;
  }
  const places = changedPlaces(base, next, Math.floor((belowBytes - 1) / LEAST_BYTES));
  if (!places) {
    return undefined;
  }
  const gaps = gapsOf(places);
  const bits = bitsOf(next);
  const values = new Float32Array(places.map((place) => bits[place]!).buffer);
  return gaps.length + values.byteLength < belowBytes ? { gaps, values } : undefined;
}

/** A copy of `base` with the patch's values in their places, or why there is none. The patch may come from anybody. */
export function applyPatch(base: Float32Array, patch: ParameterPatch): Float32Array | Misfit {
  return putPlaced(base.slice(), patch);
}

/** Where the bits differ, ascending; undefined where that is at more than `most` places. */
function changedPlaces(base: Float32Array, next: Float32Array, most: number): Uint32Array | undefined {
  const [before, after] = [bitsOf(base), bitsOf(next)];
  let count = 0;
  for (let place = 0; place < after.length; place++) {
    if (before[place] !== after[place] && ++count > most) {
      return undefined;
    }
  }
  const places = new Uint32Array(count);
  let found = 0;
  for (let place = 0; found < count; place++) {
    if (before[place] !== after[place]) {
      places[found++] = place;
    }
  }
  return places;
}
