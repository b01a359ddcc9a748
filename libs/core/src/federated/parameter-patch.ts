/** Parameters as what is new in them: for whoever has others of which most are the same. */

import type { Misfit } from './compression/compression-kind.js';
import { gapsOf } from './compression/gaps.js';
import { bitsOf, putPlaced, type PlacedValues } from './compression/placed-values.js';

/** The values themselves, not differences: whoever applies them has the same bits. */
export type ParameterPatch = PlacedValues;

/** Bytes that a changed value takes at least: its own, and one for its place. */
const LEAST_BYTES = 5;

/** Values that are looked at first. */
const SAMPLE = 1_000;

/** A share of changed values with which no patch is smaller than the whole. */
const NEARLY_ALL = 0.9;

/**
 * What makes `next` of `base`: the values whose bits differ. Stops looking as soon as they are, or seem, too many.
 *
 * @param belowBytes - Gaps and values must take fewer
 * @returns undefined where they do not, and where `base` has another size
 */
export function patchBetween(base: Float32Array, next: Float32Array, belowBytes: number): ParameterPatch | undefined {
  if (base.length !== next.length || belowBytes <= 0) {
    return undefined;
  }
  const most = Math.floor((belowBytes - 1) / LEAST_BYTES);
  const places = areMostlyNew(base, next) ? undefined : changedPlaces(base, next, most);
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

/** Whether nearly all of some values are new: then a patch is not worth looking for, as after most rounds. */
function areMostlyNew(base: Float32Array, next: Float32Array): boolean {
  const [before, after] = [bitsOf(base), bitsOf(next)];
  const distance = Math.ceil(after.length / SAMPLE) | 1; // odd, unlike most distances between values that belong together
  let found = 0;
  for (let place = 0; place < after.length; place += distance) {
    found += before[place] === after[place] ? 0 : 1;
  }
  return after.length >= SAMPLE && found * distance > NEARLY_ALL * after.length;
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
