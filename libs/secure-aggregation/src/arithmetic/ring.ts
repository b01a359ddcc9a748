/**
 * The integers modulo 2^k in which masked vectors are added. k follows from the largest sum that can occur, so that no sum
 * wraps around: the centred lift of the sum is the sum of the integers that went in.
 */

import { InvalidInput } from '@gaitway/core';
import { MOST_MASKED_BITS } from '@gaitway/core/study';
import { AggregationRefused } from '../refusal.js';

/** The integers modulo 2^bits. */
export interface Ring {
  readonly bits: number;
  /** 2^bits */
  readonly modulus: number;
  /**
   * Bytes of a value on the wire: the low 32 bits of every value come first, then the one or two bytes above them of every
   * value, all little-endian.
   */
  readonly bytesPerValue: 4 | 5 | 6;
}

/** A run of values in a masked vector that share a bound: the weighted changes of a model, or a count. */
export interface Segment {
  /** Number of values. */
  readonly size: number;
  /** The largest magnitude that one client may put into one of them; a positive integer. */
  readonly bound: number;
}

const LOW_BITS = 32;
const LOW_BYTES = 4;
const LOW_VALUES = 2 ** 32;

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
  return { bits, modulus: 2 ** bits, bytesPerValue: bits > 40 ? 6 : bits > LOW_BITS ? 5 : 4 };
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

/** Brings each value, of magnitude below 2^53, into 0 to 2^bits - 1. In place. */
export function reduce(values: Float64Array, { modulus }: Ring): void {
  for (let place = 0; place < values.length; place++) {
    const value = values[place]!;
    values[place] = value - modulus * Math.floor(value / modulus);
  }
}

/** The representatives of smallest magnitude, from -2^(bits-1) to 2^(bits-1) - 1, of values of the ring. */
export function centred(values: Float64Array, { modulus }: Ring): Float64Array {
  return values.map((value) => (value >= modulus / 2 ? value - modulus : value));
}

/** The bytes of values of the ring, as {@link Ring.bytesPerValue} says. */
export function pack(values: Float64Array, { bytesPerValue }: Ring): Uint8Array {
  const bytes = new Uint8Array(values.length * bytesPerValue);
  const { low, high } = planesOf(bytes, bytesPerValue);
  low.set(values); // keeps the low 32 bits
  for (let place = 0; place < high.length; place++) {
    high[place] = values[place]! / LOW_VALUES;
  }
  return bytes;
}

/**
 * Adds packed values to values of the ring, in place.
 *
 * @throws AggregationRefused when the bytes are not as many as the values need, or hold a number that is not in the ring;
 *   the values are then unchanged
 */
export function addPacked(values: Float64Array, packed: Uint8Array, { bits, bytesPerValue, modulus }: Ring): void {
  if (packed.length !== values.length * bytesPerValue) {
    throw new AggregationRefused(`expected ${values.length * bytesPerValue} bytes of values, found ${packed.length}`);
  }
  const { low, high } = planesOf(packed, bytesPerValue);
  const [top, largest] = high.length > 0 ? [high, 2 ** (bits - LOW_BITS)] : [low, modulus];
  if (largestOf(top) >= largest) {
    throw new AggregationRefused(`expected values below 2^${bits}`);
  }
  for (let place = 0; place < values.length; place++) {
    const sum = values[place]! + low[place]! + (high.length > 0 ? high[place]! * LOW_VALUES : 0);
    values[place] = sum >= modulus ? sum - modulus : sum;
  }
}

/** The low 32 bits of all values, and the bits above them: none in a ring of 32 bits or less. */
function planesOf(packed: Uint8Array, bytesPerValue: number): { low: Uint32Array; high: Uint8Array | Uint16Array } {
  const bytes = packed.byteOffset % LOW_BYTES === 0 ? packed : Uint8Array.from(packed);
  const count = bytes.length / bytesPerValue;
  const low = new Uint32Array(bytes.buffer, bytes.byteOffset, count);
  const start = bytes.byteOffset + low.byteLength;
  const highBytes = bytesPerValue - LOW_BYTES;
  return {
    low,
    high:
      highBytes === 2
        ? new Uint16Array(bytes.buffer, start, count)
        : new Uint8Array(bytes.buffer, start, count * highBytes),
  };
}

function largestOf(values: Uint8Array | Uint16Array | Uint32Array): number {
  let largest = 0;
  for (const value of values) {
    largest = Math.max(largest, value);
  }
  return largest;
}
