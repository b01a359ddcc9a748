/** The discrete Fourier transform in place, for lengths that are powers of two (Cooley and Tukey 1965). */

/** Complex numbers: real and imaginary parts, of the same length. */
export interface ComplexVector {
  readonly real: Float64Array;
  readonly imaginary: Float64Array;
}

/** Roots of unity of the last length, which a composition uses several times. */
let roots: ComplexVector = rootsOfUnity(2);

/**
 * Replaces the values x_t by X_k = Σ_t x_t exp(-2 π i k t / n). Swap real and imaginary parts before and after, and
 * divide by n, for the inverse.
 *
 * @param values - Of a length that is a power of two, at least 2.
 */
export function fourierTransform({ real, imaginary }: ComplexVector): void {
  const { length } = real;
  if (roots.real.length !== length) {
    roots = rootsOfUnity(length);
  }
  reverseBits(real);
  reverseBits(imaginary);
  for (let half = 1; half < length; half *= 2) {
    for (let at = 0; at < length; at += 2 * half) {
      combineHalves({ real, imaginary }, roots, { at, half });
    }
  }
}

/** exp(-2 π i k / length), shape [k], each from its own angle, so that no rounding adds up. */
export function rootsOfUnity(length: number): ComplexVector {
  const angleOf = (k: number): number => (-2 * Math.PI * k) / length;
  return {
    real: Float64Array.from({ length }, (_, k) => Math.cos(angleOf(k))),
    imaginary: Float64Array.from({ length }, (_, k) => Math.sin(angleOf(k))),
  };
}

/**
 * Makes the transform of 2 · half values, from `at` on, of the transforms of the even and of the odd ones, of length half
 * each, which stand there one after the other.
 *
 * @param roots - Roots of unity of a length that 2 · half divides
 */
export function combineHalves(
  { real, imaginary }: ComplexVector,
  roots: ComplexVector,
  { at, half }: { readonly at: number; readonly half: number },
): void {
  const [cosines, sines] = [roots.real, roots.imaginary];
  const stride = cosines.length / (2 * half);
  for (let k = 0, root = 0; k < half; k++, root += stride) {
    const [even, odd] = [at + k, at + half + k];
    const [cosine, sine] = [cosines[root]!, sines[root]!];
    const turnedReal = cosine * real[odd]! - sine * imaginary[odd]!;
    const turnedImaginary = cosine * imaginary[odd]! + sine * real[odd]!;
    real[odd] = real[even]! - turnedReal;
    imaginary[odd] = imaginary[even]! - turnedImaginary;
    real[even]! += turnedReal;
    imaginary[even]! += turnedImaginary;
  }
}

function reverseBits(values: Float64Array): void {
  const { length } = values;
  for (let place = 0, reversed = 0; place < length; place++) {
    if (place < reversed) {
      const kept = values[place]!;
      values[place] = values[reversed]!;
      values[reversed] = kept;
    }
    let bit = length >> 1;
    while (reversed & bit) {
      reversed ^= bit;
      bit >>= 1;
    }
    reversed |= bit;
  }
}
