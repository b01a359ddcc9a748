/**
 * The integers modulo 2^k in which masked vectors are added. k follows from the largest sum that can occur, so that no sum
 * wraps around: the centred lift of the sum is the sum of the integers that went in.
 */

import { InvalidInput } from '@gaitway/core';
import { MOST_MASKED_BITS } from '@gaitway/core/study';

/** The integers modulo 2^bits. */
export interface Ring {
  readonly bits: number;
  /** Bytes of a value in packed vectors. */
  readonly bytesPerValue: 4 | 6;
}

/** A run of values in a masked vector that share a bound: the weighted changes of a model, or a count. */
export interface Segment {
  /** Number of values. */
  readonly size: number;
  /** The largest magnitude that one client may put into one of them; a positive integer. */
  readonly bound: number;
}

const LOW_BITS = 32;

/**
 * The smallest ring in which a sum over `count` clients has a representative of its own for each value that it can take:
 * 2^k >= 2 x count x bound + 1, for the largest bound.
 *
 * @throws InvalidInput when that needs more than 48 bits, or when the segments are no sizes and bounds
 */
export function ringFor(count: number, segments: readonly Segment[]): Ring {
  segments.forEach(({ size, bound }, index) => {
    if (!isPositive(size) || !isPositive(bound)) {
      const message = `expected a positive whole size and bound, found ${size} and ${bound}`;
      throw new InvalidInput('secure aggregation', [{ path: `segments[${index}]`, message }]);
    }
  });
  const values = 2 * count * Math.max(...segments.map(({ bound }) => bound)) + 1;
  let bits = 1;
  while (2 ** bits < values) {
    bits++;
  }
  if (bits > MOST_MASKED_BITS || segments.length === 0) {
    const message = `expected at most ${MOST_MASKED_BITS} bits a value, found ${bits} for the sum over ${count} clients`;
    throw new InvalidInput('secure aggregation', [{ path: 'segments', message }]);
  }
  return { bits, bytesPerValue: bits > LOW_BITS ? 6 : 4 };
}

function isPositive(value: number): boolean {
  return Number.isSafeInteger(value) && value > 0;
}

/** Number of values in a vector of these segments. */
export function lengthOf(segments: readonly Segment[]): number {
  return segments.reduce((sum, { size }) => sum + size, 0);
}

/** The position of the first value that is no integer, or above `count` times the bound of its segment; -1 if there is none. */
export function firstOutside(values: Float64Array, segments: readonly Segment[], count: number): number {
  let end = 0;
  let place = 0;
  for (const { size, bound } of segments) {
    end += size;
    for (; place < end; place++) {
      const value = values[place]!;
      if (!Number.isInteger(value) || Math.abs(value) > count * bound) {
        return place;
      }
    }
  }
  return -1;
}
