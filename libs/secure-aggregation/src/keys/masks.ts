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

/** After so many masks below 2^48 a sum in Float64 is still exact. */
const MASKS_PER_REDUCTION = 16;

/**
 * Adds masks to values of the ring, in place. The keystream has first the low 32 bits of every value, then, in rings of more
 * than 32 bits, 16 bits above them, all little-endian; what is more than the ring needs is cut off.
 */
export function addMasks(values: Float64Array, masks: Iterable<Mask>, ring: Ring, primitives: Primitives): void {
  let unreduced = 0;
  for (const mask of masks) {
    addMask(values, mask, ring, primitives);
    unreduced++;
    if (unreduced === MASKS_PER_REDUCTION) {
      reduce(values, ring);
      unreduced = 0;
    }
  }
  reduce(values, ring);
}

function addMask(values: Float64Array, { key, sign }: Mask, { bits }: Ring, { keystream }: Primitives): void {
  const isLong = bits > LOW_BITS;
  const bytes = aligned(keystream(key, values.length * (isLong ? LOW_BYTES + HIGH_BYTES : LOW_BYTES)));
  const low = new Uint32Array(bytes.buffer, bytes.byteOffset, values.length);
  if (!isLong) {
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

/** The bytes where a view of 32-bit numbers can begin. */
function aligned(bytes: Uint8Array): Uint8Array {
  return bytes.byteOffset % LOW_BYTES === 0 ? bytes : Uint8Array.from(bytes);
}
