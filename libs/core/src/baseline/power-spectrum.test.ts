import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rootsOfUnity } from '../math/fourier.js';
import { powerSpectrum as spectrumOf } from './power-spectrum.js';

const powerSpectrum = (signal: Float64Array): Float64Array => spectrumOf(signal, rootsOfUnity(signal.length));
const signalOf = (length: number, of: (time: number) => number): Float64Array =>
  Float64Array.from({ length }, (_, time) => of(time));

describe('the power spectrum', () => {
  it('is worked out by hand for four samples', () => {
    // X = (10, -2 + 2i, -2, -2 - 2i)
    const spectrum = powerSpectrum(Float64Array.of(1, 2, 3, 4));
    expect(spectrum).toHaveLength(3);
    [100 / 16, 8 / 16, 4 / 16].forEach((power, k) => {
      expect(spectrum[k]).toBeCloseTo(power, 12);
    });
  });

  it.each([400, 100, 75, 7])(
    'of a sine over %d samples has a quarter of its squared amplitude, at its frequency',
    (length) => {
      const spectrum = powerSpectrum(signalOf(length, (time) => 3 * Math.sin((2 * Math.PI * 2 * time) / length + 1)));
      spectrum.forEach((power, k) => {
        expect(power).toBeCloseTo(k === 2 ? 9 / 4 : 0, 10);
      });
    },
  );

  it("keeps the signal's mean square, whatever the length (Parseval)", () => {
    const value = fc.double({ min: -10, max: 10, noNaN: true });
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 60 }), (values) => {
        const spectrum = powerSpectrum(Float64Array.from(values));
        // Each frequency stands for its negative too, except 0 and, where the length is even, the highest.
        const isAlone = (k: number): boolean => k === 0 || 2 * k === values.length;
        const power = spectrum.reduce((sum, each, k) => sum + (isAlone(k) ? 1 : 2) * each, 0);
        expect(power).toBeCloseTo(values.reduce((sum, each) => sum + each ** 2, 0) / values.length, 8);
      }),
    );
  });
});
