/** Stretches of flat numbers: taken out side by side, and put back. */

export interface Range {
  /** Where it begins. */
  readonly offset: number;
  readonly size: number;
}

/** How many numbers all ranges have together. */
export function totalSize(ranges: readonly Range[]): number {
  return ranges.reduce((sum, { size }) => sum + size, 0);
}

/** The numbers of the ranges, side by side in the order of the ranges. */
export function takeRanges(values: Float32Array, ranges: readonly Range[]): Float32Array {
  const taken = new Float32Array(totalSize(ranges));
  let place = 0;
  for (const { offset, size } of ranges) {
    taken.set(values.subarray(offset, offset + size), place);
    place += size;
  }
  return taken;
}

/** A copy of `values` in which the ranges hold what {@link takeRanges} would take out of it: `taken`. */
export function putRanges(values: Float32Array, ranges: readonly Range[], taken: Float32Array): Float32Array {
  const put = values.slice();
  let place = 0;
  for (const { offset, size } of ranges) {
    put.set(taken.subarray(place, place + size), offset);
    place += size;
  }
  return put;
}
