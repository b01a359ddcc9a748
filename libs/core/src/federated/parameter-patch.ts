/** Encodes parameters as their changes from a base, for receivers that have the base and need only a few new values. */

import type { DecodeError } from './compression/compression-kind.js';
import { gapsOf, bitsOf, putPlaced, type PlacedValues } from './compression/placed-values.js';

/** The values themselves, not differences: the receiver has exactly the same bits. */
export type ParameterPatch = PlacedValues;

/** Minimum number of bytes of a changed value: its own four, and one for its position. */
const LEAST_BYTES = 5;

/** Approximate number of values that are sampled first. */
const SAMPLE = 1_000;

/** Share of changed values from which no patch is smaller than the whole. */
const NEARLY_ALL = 0.9;

/**
 * The patch that turns `base` into `next`: the values whose bits differ. Stops searching as soon as there are, or seem
 * to be, too many.
 *
 * @param belowBytes - Gaps and values must take fewer bytes than this
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

/**
 * A copy of `base` with the values of the patch in their positions, or why there is none. The patch need not be
 * trusted.
 */
export function applyPatch(base: Float32Array, patch: ParameterPatch): Float32Array | DecodeError {
  return putPlaced(base.slice(), patch);
}

/**
 * Whether nearly all values of a sample have changed, as after most rounds: then it is not worth searching for a patch.
 */
function areMostlyNew(base: Float32Array, next: Float32Array): boolean {
  const [before, after] = [bitsOf(base), bitsOf(next)];
  const distance = Math.ceil(after.length / SAMPLE) | 1; // odd, unlike most distances between values that belong together
  let found = 0;
  for (let place = 0; place < after.length; place += distance) {
    found += before[place] === after[place] ? 0 : 1;
  }
  return after.length >= SAMPLE && found * distance > NEARLY_ALL * after.length;
}

/** Positions at which the bits differ, ascending; undefined where there are more than `most`. */
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
