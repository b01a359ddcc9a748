/** Numbers of 16 bits, 5 of them for the exponent (IEEE 754-2019, binary16), rounded to the nearest, ties to even. */

import { z } from 'zod';
import { feedback, otherSize, type CompressionKind, type Feedback } from './compression-kind.js';

export interface Fp16 extends Feedback {
  readonly kind: 'fp16';
}

export interface Fp16Delta {
  readonly kind: 'fp16';
  /** Bits of the rounded values, shape [parameter]. */
  readonly halves: Uint16Array;
}

export const fp16: CompressionKind<Fp16, Fp16Delta> = {
  kind: 'fp16',
  settings: z.strictObject({ kind: z.literal('fp16'), feedback }),
  pack: (delta) => {
    const bits = new Uint32Array(delta.slice().buffer);
    const halves = new Uint16Array(bits.length);
    for (let index = 0; index < bits.length; index++) {
      halves[index] = halfBits(bits[index]!);
    }
    return { kind: 'fp16', halves };
  },
  unpack: ({ halves }, size) => {
    if (halves.length !== size) {
      return otherSize(size, halves.length);
    }
    const bits = new Uint32Array(size);
    for (let index = 0; index < size; index++) {
      bits[index] = singleBits(halves[index]!);
    }
    return new Float32Array(bits.buffer);
  },
};

const SIGN = 0x8000;
const INFINITE = 0x7c00;
const NOT_A_NUMBER = 0x7e00;
/** The smallest normal half-precision number. */
const NORMAL = 0x0400;
const SINGLE_INFINITE = 0x7f800000;
/** Bits of 2^16, which is above all half-precision numbers, and of 2^-14, the smallest normal one. */
const SINGLE_TOO_LARGE = 0x47800000;
const SINGLE_NORMAL = 0x38800000;
/** Difference of the exponents' biases, 127 - 15, at the position of a single's exponent. */
const REBIAS = 112 << 23;
/** Distance between neighbouring subnormal half-precision numbers. */
const SUBNORMAL_STEP = 2 ** -24;
/** Adding and then subtracting it rounds a Float64 to an integer, half to even. */
const WHOLE = 2 ** 52;

const bitsOfSingle = new Uint32Array(1);
const single = new Float32Array(bitsOfSingle.buffer);

/**
 * The bits of the half-precision number nearest to a single, which is given by its bits; from 65520 on it is infinite.
 */
function halfBits(bits: number): number {
  const sign = (bits >>> 16) & SIGN;
  const magnitude = bits & 0x7fffffff;
  if (magnitude > SINGLE_INFINITE) {
    return sign | NOT_A_NUMBER;
  }
  if (magnitude >= SINGLE_TOO_LARGE) {
    return sign | INFINITE;
  }
  if (magnitude >= SINGLE_NORMAL) {
    const rebiased = magnitude - REBIAS;
    return sign | ((rebiased + 0xfff + ((rebiased >>> 13) & 1)) >>> 13);
  }
  bitsOfSingle[0] = magnitude;
  return sign | (single[0]! / SUBNORMAL_STEP + WHOLE - WHOLE);
}

function singleBits(half: number): number {
  const sign = (half & SIGN) << 16;
  const magnitude = half & ~SIGN;
  if (magnitude >= INFINITE) {
    return sign | SINGLE_INFINITE | ((magnitude - INFINITE) << 13);
  }
  if (magnitude >= NORMAL) {
    return sign | ((magnitude << 13) + REBIAS);
  }
  single[0] = magnitude * SUBNORMAL_STEP;
  return sign | bitsOfSingle[0]!;
}
