/**
 * The upper half of a single-precision number: its full range, 8 bits of precision (Kalamkar et al. 2019, arXiv
 * 1905.12322).
 */

import { z } from 'zod';
import { feedback, otherSize, type CompressionKind, type Feedback } from './compression-kind.js';

export interface Bf16 extends Feedback {
  readonly kind: 'bf16';
}

export interface Bf16Delta {
  readonly kind: 'bf16';
  /** Bits of the rounded values, shape [parameter]. */
  readonly halves: Uint16Array;
}

export const bf16: CompressionKind<Bf16, Bf16Delta> = {
  kind: 'bf16',
  settings: z.strictObject({ kind: z.literal('bf16'), feedback }),
  pack: (delta) => {
    const bits = new Uint32Array(delta.slice().buffer);
    const halves = new Uint16Array(bits.length);
    for (let index = 0; index < bits.length; index++) {
      halves[index] = upperHalf(bits[index]!);
    }
    return { kind: 'bf16', halves };
  },
  unpack: ({ halves }, size) => {
    if (halves.length !== size) {
      return otherSize(size, halves.length);
    }
    const bits = new Uint32Array(size);
    for (let index = 0; index < size; index++) {
      bits[index] = halves[index]! << 16;
    }
    return new Float32Array(bits.buffer);
  },
};

/** Rounds to the nearest, ties to even. NaN keeps a bit that marks it as NaN. */
function upperHalf(bits: number): number {
  return (bits & 0x7fffffff) > 0x7f800000 ? (bits >>> 16) | 0x40 : (bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16;
}
