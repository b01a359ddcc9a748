import { describe, expect, it } from 'vitest';
import { fourierTransform } from './fourier.js';
import { createRng } from './random.js';

describe('the Fourier transform', () => {
  it('is right by hand for four values', () => {
    // X_1 = (1) + 2 (-i) + 3 (-1) + (4 + 1i) (i) = -2 - 1 + (-2 + 4) i
    const values = { real: Float64Array.of(1, 2, 3, 4), imaginary: Float64Array.of(0, 0, 0, 1) };
    fourierTransform(values);
    expect([...values.real].map((x) => Math.round(x * 1e12) / 1e12)).toEqual([10, -3, -2, -1]);
    expect([...values.imaginary].map((x) => Math.round(x * 1e12) / 1e12)).toEqual([1, 2, -1, -2]);
  });

  it.each([2, 8, 64])('agrees with its definition for %i values', (length) => {
    const rng = createRng(length);
    const real = Float64Array.from({ length }, () => rng.normal());
    const imaginary = Float64Array.from({ length }, () => rng.normal());
    const transformed = { real: real.slice(), imaginary: imaginary.slice() };
    fourierTransform(transformed);
    for (let k = 0; k < length; k++) {
      let [x, y] = [0, 0];
      for (let t = 0; t < length; t++) {
        const angle = (-2 * Math.PI * ((k * t) % length)) / length;
        x += real[t]! * Math.cos(angle) - imaginary[t]! * Math.sin(angle);
        y += real[t]! * Math.sin(angle) + imaginary[t]! * Math.cos(angle);
      }
      expect(transformed.real[k]).toBeCloseTo(x, 12);
      expect(transformed.imaginary[k]).toBeCloseTo(y, 12);
    }
  });

  it('comes back with real and imaginary parts swapped, after a transform of another length too', () => {
    const real = Float64Array.from({ length: 1024 }, (_, t) => (t * t) % 37);
    const values = { real: real.slice(), imaginary: new Float64Array(1024) };
    fourierTransform(values);
    fourierTransform({ real: new Float64Array(4), imaginary: new Float64Array(4) });
    fourierTransform({ real: values.imaginary, imaginary: values.real });
    values.real.forEach((value, t) => {
      expect(value / 1024).toBeCloseTo(real[t]!, 11);
    });
  });
});
