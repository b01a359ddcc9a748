/** Ranges of a flat array: extracting and replacing their numbers. */

export interface Range {
  /** Index of the first number. */
  readonly offset: number;
  readonly size: number;
}

/** Total number of numbers in all ranges. */
export function totalSize(ranges: readonly Range[]): number {
  return ranges.reduce((sum, { size }) => sum + size, 0);
}

/** The numbers of the ranges, concatenated in the order of the ranges. */
export function takeRanges(values: Float32Array, ranges: readonly Range[]): Float32Array {
  const taken = new Float32Array(totalSize(ranges));
  let place = 0;
  for (const { offset, size } of ranges) {
    taken.set(values.subarray(offset, offset + size), place);
    place += size;
  }
  return taken;
}

/** A copy of `values` whose ranges hold the numbers `taken`; the inverse of {@link takeRanges}. */
export function putRanges(values: Float32Array, ranges: readonly Range[], taken: Float32Array): Float32Array {
  const put = values.slice();
  let place = 0;
  for (const { offset, size } of ranges) {
    put.set(taken.subarray(place, place + size), offset);
    place += size;
  }
  return put;
}
