/** The distribution of a sum of many losses, by powers of Fourier transforms. */

import { fourierTransform, type ComplexVector } from '../math/fourier.js';
import type { Release } from './loss-window.js';

/**
 * The distributions of two sums of independent losses, modulo `size`: of all releases of the first list, and of the
 * second. Both have the same length; one complex transform serves both.
 *
 * @param size - A power of two.
 * @returns Two vectors of shape [index of the sum modulo size]. Negative rounding errors are 0.
 */
export function convolved(directions: readonly (readonly Release[])[], size: number): readonly Float64Array[] {
  const [first, second] = [directions[0]!, directions[1]!];
  const products = [ones(size), ones(size)] as const;
  for (const [index, { losses, count }] of first.entries()) {
    const both = { real: folded(losses, size), imaginary: folded(second[index]!.losses, size) };
    fourierTransform(both);
    multiplyByPowers(products, both, count);
  }
  const joined = asOneTransform(products, size);
  // The inverse transform: real and imaginary parts change places, and all is divided by the size.
  fourierTransform({ real: joined.imaginary, imaginary: joined.real });
  const asProbability = (sum: number): number => Math.max(0, sum / size);
  return [joined.real.map(asProbability), joined.imaginary.map(asProbability)];
}

/** The transform of a real vector is known by its first half. */
function ones(size: number): ComplexVector {
  return { real: new Float64Array(size / 2 + 1).fill(1), imaginary: new Float64Array(size / 2 + 1) };
}

function folded({ first, masses }: Release['losses'], size: number): Float64Array {
  const values = new Float64Array(size);
  for (let place = 0; place < masses.length; place++) {
    const index = (first + place) % size;
    values[index < 0 ? index + size : index]! += masses[place]!;
  }
  return values;
}

/**
 * Multiplies each product by a power of the transform of one direction. With X the transform of a + i b for real a and b,
 * that of a is (X_k + conj X_-k) / 2, and that of b is (X_k - conj X_-k) / 2i.
 */
function multiplyByPowers(
  [one, other]: readonly [ComplexVector, ComplexVector],
  { real, imaginary }: ComplexVector,
  count: number,
): void {
  const size = real.length;
  for (let k = 0; k <= size / 2; k++) {
    const mirrored = (size - k) % size;
    const [sum, difference] = [real[k]! + real[mirrored]!, real[mirrored]! - real[k]!];
    const [turned, kept] = [imaginary[k]! + imaginary[mirrored]!, imaginary[k]! - imaginary[mirrored]!];
    multiplyAt(one, k, powerOf(sum / 2, kept / 2, count));
    multiplyAt(other, k, powerOf(turned / 2, difference / 2, count));
  }
}

type Complex = readonly [real: number, imaginary: number];

/** exp(-70): a power below it adds nothing to any probability, and most powers of high frequencies are. */
const LEAST_LOG_LENGTH = -70;

function powerOf(real: number, imaginary: number, count: number): Complex {
  const logLength = (count * Math.log(real * real + imaginary * imaginary)) / 2;
  if (logLength < LEAST_LOG_LENGTH) {
    return [0, 0];
  }
  const length = Math.exp(logLength);
  const angle = Math.atan2(imaginary, real) * count;
  return [length * Math.cos(angle), length * Math.sin(angle)];
}

function multiplyAt({ real, imaginary }: ComplexVector, k: number, [x, y]: Complex): void {
  const product = real[k]! * x - imaginary[k]! * y;
  imaginary[k] = real[k]! * y + imaginary[k]! * x;
  real[k] = product;
}

/** The transform of a + i b from those of a and b. */
function asOneTransform([a, b]: readonly [ComplexVector, ComplexVector], size: number): ComplexVector {
  const joined = { real: new Float64Array(size), imaginary: new Float64Array(size) };
  for (let k = 0; k <= size / 2; k++) {
    const mirrored = (size - k) % size;
    joined.real[k] = a.real[k]! - b.imaginary[k]!;
    joined.imaginary[k] = a.imaginary[k]! + b.real[k]!;
    joined.real[mirrored] = a.real[k]! + b.imaginary[k]!;
    joined.imaginary[mirrored] = b.real[k]! - a.imaginary[k]!;
  }
  return joined;
}
