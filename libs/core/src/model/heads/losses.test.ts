import { describe, expect, it } from 'vitest';
import { pickRows, pickValues, randomRows } from '../../testing/labelled-rows.js';
import { softmax, softmaxCrossEntropy } from './losses.js';

describe('softmax cross-entropy', () => {
  it('is log 2 for two equal logits, with a gradient of q - p', () => {
    const { loss, gradient } = softmaxCrossEntropy(Float32Array.of(0, 0), { targets: Float32Array.of(1, 0) }, 2);
    expect(loss).toBeCloseTo(Math.log(2), 12);
    expect([...gradient]).toEqual([-0.5, 0.5]);
  });

  it('takes soft labels and averages over rows', () => {
    // Row 1: q = (3/4, 1/4), p = (1/2, 1/2); row 2: q = p, whose loss is its entropy.
    const logits = Float32Array.of(Math.log(3), 0, 0, 0);
    const { loss, gradient } = softmaxCrossEntropy(logits, { targets: Float32Array.of(0.5, 0.5, 0.5, 0.5) }, 2);
    expect(loss).toBeCloseTo((-0.5 * Math.log(0.75) - 0.5 * Math.log(0.25) + Math.log(2)) / 2, 6);
    expect(gradient[0]).toBeCloseTo(0.125, 6);
    expect(gradient[2]).toBe(0);
  });

  it('survives logits that would overflow an exponential', () => {
    const { loss, gradient } = softmaxCrossEntropy(Float32Array.of(1000, -1000), { targets: Float32Array.of(0, 1) }, 2);
    expect(loss).toBe(2000);
    expect([...gradient]).toEqual([1, -1]);
  });

  it('multiplies each row by its weight, and divides by the number of rows all the same', () => {
    const logits = new Float32Array(4);
    const labels = { targets: Float32Array.of(1, 0, 0, 1), weights: Float32Array.of(0.5, 2) };
    const { loss, gradient } = softmaxCrossEntropy(logits, labels, 2);
    expect(loss).toBeCloseTo((2.5 * Math.log(2)) / 2, 12);
    expect([...gradient]).toEqual([-0.125, 0.125, 0.5, -0.5]);
  });

  it('leaves out rows without a label: the others give the very bits they give alone', () => {
    const all = randomRows(9, 3);
    const present = [0, 2, 3, 7, 8];
    for (let row = 0; row < 9; row++) {
      if (!present.includes(row)) {
        all.targets.fill(Number.NaN, row * 3, row * 3 + 3);
      }
    }
    const { loss, gradient } = softmaxCrossEntropy(all.logits, all, 3);
    const alone = pickRows(all, present, 3);
    const expected = softmaxCrossEntropy(alone.logits, alone, 3);
    expect(loss).toBe(expected.loss);
    expect(pickValues(gradient, present, 3)).toEqual(expected.gradient);
    expect(pickValues(gradient, [1, 4, 5, 6], 3)).toEqual(new Float32Array(12));
  });

  it('is 0 where no row has a label', () => {
    const nothing = { targets: new Float32Array(4).fill(Number.NaN) };
    expect(softmaxCrossEntropy(Float32Array.of(1, 2, 3, 4), nothing, 2)).toEqual({
      loss: 0,
      gradient: new Float32Array(4),
    });
  });

  it('refuses a row of which a part is missing', () => {
    const labels = { targets: Float32Array.of(1, 0, Number.NaN, 1) };
    expect(() => softmaxCrossEntropy(new Float32Array(4), labels, 2)).toThrow(
      'Row 1: expected a whole label or none, found 1 of 2 targets missing',
    );
  });
});

describe('softmax', () => {
  it('normalises each row', () => {
    const probabilities = softmax(Float32Array.of(0, Math.log(3), 5, 5), 2);
    expect(probabilities[0]).toBeCloseTo(0.25, 6);
    expect(probabilities[1]).toBeCloseTo(0.75, 6);
    expect(probabilities[2]).toBe(0.5);
  });
});
