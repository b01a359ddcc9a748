/**
 * Uniform integers from a cryptographic source of random bytes, without rounding: the only randomness of private noise.
 * Where the bytes come from is decided at the edge of a program, never here.
 */

/** Fills an array with random bytes that nobody can predict: `(bytes) => globalThis.crypto.getRandomValues(bytes)`. */
export type RandomBytes = (bytes: Uint8Array) => void;

/** Draws integers. */
export interface RandomIntegers {
  /** 32 random bits, as an unsigned integer. */
  readonly word: () => number;
  /** A function that draws uniformly from 0 … bound - 1. @param bound - A whole number from 1 to 2^53. */
  readonly below: (bound: number) => () => number;
}

/** As many bytes as Web Cryptography gives at once. */
const BUFFER_BYTES = 65_536;

/** Integers from a source, which is asked for 64 KiB at a time. */
export function randomIntegers(source: RandomBytes): RandomIntegers {
  const words = new Uint32Array(BUFFER_BYTES / Uint32Array.BYTES_PER_ELEMENT);
  const bytes = new Uint8Array(words.buffer);
  let next = words.length;

  const word = (): number => {
    if (next === words.length) {
      source(bytes);
      next = 0;
    }
    return words[next++]!;
  };

  /** The words below a multiple of the bound, the largest one, fall into as many equal parts: nearly all are of use. */
  const small = (bound: number): (() => number) => {
    const part = Math.floor(2 ** 32 / bound);
    const limit = part * bound;
    return () => {
      for (;;) {
        const draw = word();
        if (draw < limit) {
          return Math.floor(draw / part); // exact: the quotient is at least 2^-32 away from a whole number above it
        }
      }
    };
  };

  const large = (bound: number): (() => number) => {
    const shift = Math.clz32(Math.floor((bound - 1) / 2 ** 32));
    return () => {
      for (;;) {
        const draw = (word() >>> shift) * 2 ** 32 + word();
        if (draw < bound) {
          return draw;
        }
      }
    };
  };

  return { word, below: (bound) => (bound <= 2 ** 32 ? small(bound) : large(bound)) };
}
