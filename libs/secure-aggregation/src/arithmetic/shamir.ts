/**
 * Shamir's secret sharing (Shamir, "How to Share a Secret", 1979), byte by byte over GF(2^8) with the polynomial of AES,
 * x^8 + x^4 + x^3 + x + 1. A secret of 32 bytes is the constant term of 32 polynomials of degree threshold - 1; share x
 * is their values at x. Fewer shares than the threshold tell nothing.
 *
 * Four bytes of a secret are processed in each 32-bit number. Secret bytes are only ever shifted and added, never looked up
 * or compared: the time does not depend on them. The points x are public.
 */

/** Bytes of a secret, and of each share of it. */
const SECRET_BYTES = 32;

/** GF(2^8) has so many points besides 0, where the secret is. */
export const MOST_SHARES = 255;

const WORDS = SECRET_BYTES / Uint32Array.BYTES_PER_ELEMENT;

/** The polynomial of the field without its highest power. */
const REDUCTION = 0x1b;
const LOW_BITS = 0x7f7f7f7f;
const TOP_BITS = 0x01010101;

/**
 * Splits a secret into `count` shares, of which any `threshold` give it back: share i is at the point i + 1.
 *
 * @param secret - 32 bytes
 * @param coefficients - 32 x (threshold - 1) random bytes, used for nothing else
 * @returns shares of 32 bytes each
 */
export function splitSecret(
  secret: Uint8Array,
  count: number,
  threshold: number,
  coefficients: Uint8Array,
): readonly Uint8Array[] {
  const terms = wordsOf(coefficients);
  const constant = wordsOf(secret);
  return Array.from({ length: count }, (_, index) => {
    const value = new Uint32Array(WORDS);
    for (let term = threshold - 2; term >= 0; term--) {
      addTo(value, terms.subarray(term * WORDS, (term + 1) * WORDS));
      multiplyBy(value, index + 1);
    }
    addTo(value, constant);
    return new Uint8Array(value.buffer);
  });
}

/**
 * The factors by which the shares at these points are multiplied so that their sum is the secret: Lagrange's polynomials
 * at 0. They are the same for all secrets that were shared among the same holders.
 *
 * @param points - Different numbers from 1 to 255
 */
export function secretWeights(points: readonly number[]): Uint8Array {
  return Uint8Array.from(points, (own) => {
    const others = points.filter((point) => point !== own);
    const above = others.reduce(product, 1);
    const below = others.reduce((factor, point) => product(factor, point ^ own), 1);
    return product(above, inverse(below));
  });
}

/** The secret: the weighted sum of as many shares as the threshold has it. @param weights - {@link secretWeights} of them */
export function combineShares(shares: readonly Uint8Array[], weights: Uint8Array): Uint8Array {
  const secret = new Uint32Array(WORDS);
  shares.forEach((share, index) => {
    const words = wordsOf(share);
    multiplyBy(words, weights[index]!);
    addTo(secret, words);
  });
  return new Uint8Array(secret.buffer);
}

/** A copy of bytes, four in each number. The order within a number does not matter: all four are treated alike. */
function wordsOf(bytes: Uint8Array): Uint32Array {
  return new Uint32Array(Uint8Array.from(bytes).buffer);
}

function addTo(sum: Uint32Array, addend: Uint32Array): void {
  for (let word = 0; word < WORDS; word++) {
    sum[word]! ^= addend[word]!;
  }
}

/** Multiplies each byte by a public element, in place: the sum of value x 2^i over the bits i of the element. */
function multiplyBy(values: Uint32Array, element: number): void {
  for (let word = 0; word < WORDS; word++) {
    let shifted = values[word]!;
    let sum = 0;
    for (let rest = element; rest > 0; rest >>>= 1) {
      sum ^= rest & 1 ? shifted : 0;
      shifted = ((shifted & LOW_BITS) << 1) ^ (((shifted >>> 7) & TOP_BITS) * REDUCTION);
    }
    values[word] = sum;
  }
}

/** The product of two public elements. */
function product(a: number, b: number): number {
  let sum = 0;
  for (let shifted = a, rest = b; rest > 0; rest >>>= 1) {
    sum ^= rest & 1 ? shifted : 0;
    shifted = ((shifted & 0x7f) << 1) ^ ((shifted >>> 7) * REDUCTION);
  }
  return sum;
}

/** The inverse of a public element: its power 254, because its power 255 is 1. */
function inverse(element: number): number {
  let power = element;
  for (let step = 1; step < 7; step++) {
    power = product(product(power, power), element);
  }
  return product(power, power);
}
