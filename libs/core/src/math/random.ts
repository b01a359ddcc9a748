/**
 * Seeded random numbers for experiments, in streams that are split by name, and random orders drawn from them.
 * Generator: sfc32 (C. Doty-Humphrey, PractRand). Not for privacy: noise that protects people must come from a
 * cryptographic source.
 */

import { vectorKernels } from './vector-kernels.js';

/** A splittable, seeded source of randomness. */
export interface Rng {
  /** The next 32 bits, as an unsigned integer. */
  uint32(): number;
  /** Fills `words` with the results of as many calls of `uint32`, in a fraction of the time. */
  fill(words: Uint32Array): void;
  /** Uniform in [0, 1), with 32 bits of resolution. */
  uniform(): number;
  /** Normal with mean 0 and standard deviation 1 (Marsaglia's polar method). */
  normal(): number;
  /** Uniform over the integers 0 … bound - 1, without bias; throws RangeError for a bound below 1 or above 2^32. */
  integer(bound: number): number;
  /**
   * A separate stream, named by `labels`. It depends on this stream's seed and the labels only, not on what was drawn
   * before, so adding a draw somewhere changes nothing elsewhere.
   *
   * @example
   * const rng = createRng(7).fork('round', 3, 'client', 'ann');
   */
  fork(...labels: readonly (string | number)[]): Rng;
}

type Key = readonly [number, number, number, number];

const TWO_TO_32 = 2 ** 32;
const WARM_UP_ROUNDS = 12;

/** Number of words that are drawn before they are copied to the caller. */
const BLOCK = 4096;
const shared = vectorKernels((BLOCK + 4) * Uint32Array.BYTES_PER_ELEMENT);
const sharedWords = new Uint32Array(shared.memory.buffer, 0, BLOCK);
const sharedState = new Int32Array(shared.memory.buffer, sharedWords.byteLength, 4);

/** The stream of a seed. Different seeds or labels give unrelated streams. */
export function createRng(seed: number | string): Rng {
  return stream(mix([0x9e3779b9, 0x243f6a88, 0xb7e15162, 0xdeadbeef], [seed]));
}

function stream(key: Key): Rng {
  const { uint32, fill } = sfc32(key);
  const uniform = (): number => uint32() / TWO_TO_32;
  return {
    uint32,
    fill,
    uniform,
    normal: polarNormal(uniform),
    integer: (bound) => {
      if (!(Number.isInteger(bound) && bound >= 1 && bound <= TWO_TO_32)) {
        throw new RangeError(`Expected a bound from 1 to 2^32, got ${bound}`);
      }
      const limit = TWO_TO_32 - (TWO_TO_32 % bound);
      for (;;) {
        const draw = uint32();
        if (draw < limit) {
          return draw % bound;
        }
      }
    },
    fork: (...labels) => stream(mix(key, labels)),
  };
}

function sfc32(key: Key): Pick<Rng, 'uint32' | 'fill'> {
  let [a, b, c, counter] = key;
  const uint32 = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return sum >>> 0;
  };
  for (let round = 0; round < WARM_UP_ROUNDS; round++) {
    uint32();
  }
  const fill = (words: Uint32Array): void => {
    sharedState.set([a, b, c, counter]);
    for (let start = 0; start < words.length; start += sharedWords.length) {
      const drawn = sharedWords.subarray(0, words.length - start);
      shared.drawWords(sharedState.byteOffset, drawn.byteOffset, drawn.byteOffset + drawn.byteLength);
      words.set(drawn, start);
    }
    [a, b, c, counter] = sharedState as unknown as Key;
  };
  return { uint32, fill };
}

function polarNormal(uniform: () => number): () => number {
  let spare: number | undefined;
  return () => {
    if (spare !== undefined) {
      const value = spare;
      spare = undefined;
      return value;
    }
    for (;;) {
      const x = 2 * uniform() - 1;
      const y = 2 * uniform() - 1;
      const square = x * x + y * y;
      if (square > 0 && square < 1) {
        const factor = Math.sqrt((-2 * Math.log(square)) / square);
        spare = y * factor;
        return x * factor;
      }
    }
  };
}

/** Hashes labels into a parent's key: four lanes of multiplications and xors (cyrb128, bryc, public domain). */
function mix(parent: Key, labels: readonly (string | number)[]): Key {
  let [a, b, c, d] = parent;
  for (const label of labels) {
    // The type is part of the label, so that 1 and '1' differ; the terminator keeps ('ab', 'c') and ('a', 'bc') apart.
    const text = `${typeof label === 'number' ? 'n' : 's'}${label}\u0000`;
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index);
      a = b ^ Math.imul(a ^ code, 597399067);
      b = c ^ Math.imul(b ^ code, 2869860233);
      c = d ^ Math.imul(c ^ code, 951274213);
      d = a ^ Math.imul(d ^ code, 2716044179);
    }
  }
  a = Math.imul(c ^ (a >>> 18), 597399067);
  b = Math.imul(d ^ (b >>> 22), 2869860233);
  c = Math.imul(a ^ (c >>> 17), 951274213);
  d = Math.imul(b ^ (d >>> 19), 2716044179);
  return [a ^ b ^ c ^ d, b ^ a, c ^ a, d ^ a];
}

/** The numbers 0 … count - 1 in a random order drawn from `rng`. */
export function shuffledIndices(count: number, rng: Rng): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, index) => index);
  for (let last = count - 1; last > 0; last--) {
    const other = rng.integer(last + 1);
    const swapped = order[last]!;
    order[last] = order[other]!;
    order[other] = swapped;
  }
  return order;
}
