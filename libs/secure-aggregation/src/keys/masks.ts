/** Masks: the keystream of ChaCha20 (RFC 8439), read as values of the ring, added to a vector or taken away from it. */

import { reduce, type Ring } from '../arithmetic/ring.js';
import type { Primitives } from './primitives.js';

/** A mask by its key, and whether it is added or taken away. */
export interface Mask {
  readonly key: Uint8Array;
  readonly sign: 1 | -1;
}

const LOW_BITS = 32;
const LOW_BYTES = 4;
const HIGH_BYTES = 2;

/** Values that are masked at a time: they and their part of a keystream stay in the processor's cache. */
const BLOCK = 4096;

/** After so many masks below 2^48 a sum in Float64 is still exact. */
const MASKS_PER_REDUCTION = 16;

/**
 * Adds masks to values of the ring, in place. The keystream has, for each 4,096 values, first the low 32 bits of every value,
 * then, in rings of more than 32 bits, 16 bits above them, all little-endian; what is more than the ring needs is cut off.
 */
export function addMasks(values: Float64Array, masks: readonly Mask[], ring: Ring, primitives: Primitives): void {
  const bytesPerValue = ring.bits > LOW_BITS ? LOW_BYTES + HIGH_BYTES : LOW_BYTES;
  for (let first = 0; first < masks.length; first += MASKS_PER_REDUCTION) {
    const streams = masks
      .slice(first, first + MASKS_PER_REDUCTION)
      .map(({ key, sign }) => ({ next: primitives.keystream(key), sign }));
    for (let start = 0; start < values.length; start += BLOCK) {
      const block = values.subarray(start, start + BLOCK);
      for (const { next, sign } of streams) {
        addMask(block, next(block.length * bytesPerValue), sign, ring);
      }
      reduce(block, ring);
    }
  }
}

function addMask(values: Float64Array, bytes: Uint8Array, sign: 1 | -1, { bits }: Ring): void {
  const low = new Uint32Array(bytes.buffer, bytes.byteOffset, values.length);
  if (bits <= LOW_BITS) {
    const cut = LOW_BITS - bits;
    for (let place = 0; place < values.length; place++) {
      values[place]! += sign * (low[place]! >>> cut);
    }
    return;
  }
  const high = new Uint16Array(bytes.buffer, bytes.byteOffset + low.byteLength, values.length);
  const kept = 2 ** (bits - LOW_BITS) - 1;
  const factor = sign * 2 ** LOW_BITS;
  for (let place = 0; place < values.length; place++) {
    values[place]! += sign * low[place]! + factor * (high[place]! & kept);
  }
}
