/** The power of a signal at each frequency, by a discrete Fourier transform (Cooley and Tukey 1965, radix 2). */

import { combineHalves, type ComplexVector } from '../math/fourier.js';

/**
 * Power at 0, 1 … length / 2 cycles in the length of the signal: |X_k|^2 / length^2, so a sine of amplitude a has a^2 /
 * 4.
 *
 * @param signal - Shape [time].
 * @param roots - Roots of unity for the length of the signal.
 */
export function powerSpectrum(signal: Float64Array, roots: ComplexVector): Float64Array {
  const { length } = signal;
  const spectrum: ComplexVector = { real: new Float64Array(length), imaginary: new Float64Array(length) };
  transform({ signal, roots, spectrum }, { first: 0, stride: 1, at: 0 });
  const { real, imaginary } = spectrum;
  const power = new Float64Array(Math.floor(length / 2) + 1);
  for (let k = 0; k < power.length; k++) {
    power[k] = (real[k]! ** 2 + imaginary[k]! ** 2) / length ** 2;
  }
  return power;
}

interface Transformed {
  readonly signal: Float64Array;
  readonly roots: ComplexVector;
  /** Written from `at` of a part on. */
  readonly spectrum: ComplexVector;
}

/** The samples first, first + stride, first + 2 stride …, and where their transform is written. */
interface Part {
  readonly first: number;
  readonly stride: number;
  readonly at: number;
}

/**
 * Combines the transforms of the even and the odd samples; once the length has no factor 2, it is summed by definition.
 */
function transform(whole: Transformed, { first, stride, at }: Part): void {
  const length = whole.signal.length / stride;
  if (length % 2 === 1) {
    byDefinition(whole, { first, stride, at });
    return;
  }
  const half = length / 2;
  transform(whole, { first, stride: 2 * stride, at });
  transform(whole, { first: first + stride, stride: 2 * stride, at: at + half });
  combineHalves(whole.spectrum, whole.roots, { at, half });
}

/** The signal is real, so X_(length - k) is the complex conjugate of X_k. */
function byDefinition({ signal, roots, spectrum }: Transformed, { first, stride, at }: Part): void {
  const length = signal.length / stride;
  for (let k = 0; k <= length / 2; k++) {
    let [real, imaginary] = [0, 0];
    let turn = 0;
    for (let time = first; time < signal.length; time += stride) {
      real += roots.real[turn]! * signal[time]!;
      imaginary += roots.imaginary[turn]! * signal[time]!;
      turn += k * stride;
      turn = turn >= signal.length ? turn - signal.length : turn;
    }
    spectrum.real[at + k] = real;
    spectrum.imaginary[at + k] = imaginary;
    if (k > 0) {
      spectrum.real[at + length - k] = real;
      spectrum.imaginary[at + length - k] = -imaginary;
    }
  }
}
