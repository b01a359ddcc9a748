import { describe, expect, it } from 'vitest';
import { labelsFrom } from './label-form.js';

const rows = Float32Array.of(0.8, 0.2, 0.4, 0.6);

describe('labels from probabilities', () => {
  it('are the probabilities themselves, bit by bit, when soft', () => {
    expect(labelsFrom(rows, 2, { form: 'soft', temperature: 1 })).toBe(rows);
  });

  it('are sharper below a temperature of 1 and softer above', () => {
    // Squares: 0.64 and 0.04 -> 16/17; 0.16 and 0.36 -> 4/13. Roots: 2 and 1 -> 2/3.
    const sharp = labelsFrom(rows, 2, { form: 'soft', temperature: 0.5 });
    [16 / 17, 1 / 17, 4 / 13, 9 / 13].forEach((value, index) => {
      expect(sharp[index]).toBeCloseTo(value, 6);
    });
    expect(labelsFrom(rows, 2, { form: 'soft', temperature: 2 })[0]).toBeCloseTo(2 / 3, 6);
  });

  it('come to the best class alone at a very low temperature, without a NaN', () => {
    const cold = labelsFrom(rows, 2, { form: 'soft', temperature: 1e-4 });
    expect([...cold]).toEqual([1, 0, 0, 1]);
  });

  it('are one for the most probable class when hard, the first of equal ones', () => {
    expect([...labelsFrom(rows, 2, { form: 'hard' })]).toEqual([1, 0, 0, 1]);
    expect([...labelsFrom(Float32Array.of(0.5, 0.5), 2, { form: 'hard' })]).toEqual([1, 0]);
  });
});
