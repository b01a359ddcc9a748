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
  /** Bytes of a value on the wire, little-endian. */
  readonly bytesPerValue: number;
}

/** A run of values in a masked vector that share a bound: the weighted changes of a model, or a count. */
export interface Segment {
  /** Number of values. */
  readonly size: number;
  /** The largest magnitude that one client may put into one of them; a positive integer. */
  readonly bound: number;
}

const BITS_PER_BYTE = 8;
const BYTE_VALUES = 256;
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
  return { bits, modulus: 2 ** bits, bytesPerValue: Math.ceil(bits / BITS_PER_BYTE) };
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

/** The bytes of values of the ring: `bytesPerValue` each, little-endian. */
export function pack(values: Float64Array, { bytesPerValue }: Ring): Uint8Array {
  const bytes = new Uint8Array(values.length * bytesPerValue);
  const lowBytes = Math.min(bytesPerValue, LOW_BYTES);
  for (let place = 0, byte = 0; place < values.length; place++) {
    // Integers of 32 bits are split by shifts, several times as fast as by divisions.
    let low = values[place]! | 0;
    for (const end = byte + lowBytes; byte < end; byte++) {
      bytes[byte] = low;
      low >>>= BITS_PER_BYTE;
    }
    let high = (values[place]! / LOW_VALUES) | 0;
    for (const end = byte + bytesPerValue - lowBytes; byte < end; byte++) {
      bytes[byte] = high;
      high >>>= BITS_PER_BYTE;
    }
  }
  return bytes;
}

/**
 * Adds packed values to values of the ring, in place.
 *
 * @throws AggregationRefused when the bytes are not as many as the values need, or hold a number that is not in the ring;
 *   the values are then unchanged
 */
export function addPacked(values: Float64Array, bytes: Uint8Array, ring: Ring): void {
  const { bytesPerValue, modulus } = ring;
  if (bytes.length !== values.length * bytesPerValue) {
    throw new AggregationRefused(`expected ${values.length * bytesPerValue} bytes of values, found ${bytes.length}`);
  }
  const spare = BITS_PER_BYTE * bytesPerValue - ring.bits;
  const largestTop = (BYTE_VALUES >> spare) - 1;
  for (let top = bytesPerValue - 1; top < bytes.length; top += bytesPerValue) {
    if (bytes[top]! > largestTop) {
      throw new AggregationRefused(`expected values below 2^${ring.bits}`);
    }
  }
  const lowBytes = Math.min(bytesPerValue, LOW_BYTES);
  for (let place = 0, first = 0; place < values.length; place++, first += bytesPerValue) {
    let low = 0;
    for (let byte = 0; byte < lowBytes; byte++) {
      low |= bytes[first + byte]! << (BITS_PER_BYTE * byte);
    }
    let high = 0;
    for (let byte = lowBytes; byte < bytesPerValue; byte++) {
      high |= bytes[first + byte]! << (BITS_PER_BYTE * (byte - lowBytes));
    }
    const sum = values[place]! + high * LOW_VALUES + (low >>> 0);
    values[place] = sum >= modulus ? sum - modulus : sum;
  }
}
