import { describe, expect, it } from 'vitest';
import { sigmoidCrossEntropy, softmax, softmaxCrossEntropy } from './losses.js';

describe('softmax cross-entropy', () => {
  it('is log 2 for two equal logits, with a gradient of q - p', () => {
    const { loss, gradient } = softmaxCrossEntropy(Float32Array.of(0, 0), Float32Array.of(1, 0), 2);
    expect(loss).toBeCloseTo(Math.log(2), 12);
    expect([...gradient]).toEqual([-0.5, 0.5]);
  });

  it('takes soft labels and averages over rows', () => {
    // Row 1: q = (3/4, 1/4), p = (1/2, 1/2); row 2: q = p, whose loss is its entropy.
    const logits = Float32Array.of(Math.log(3), 0, 0, 0);
    const { loss, gradient } = softmaxCrossEntropy(logits, Float32Array.of(0.5, 0.5, 0.5, 0.5), 2);
    expect(loss).toBeCloseTo((-0.5 * Math.log(0.75) - 0.5 * Math.log(0.25) + Math.log(2)) / 2, 6);
    expect(gradient[0]).toBeCloseTo(0.125, 6);
    expect(gradient[2]).toBe(0);
  });

  it('survives logits that would overflow an exponential', () => {
    const { loss, gradient } = softmaxCrossEntropy(Float32Array.of(1000, -1000), Float32Array.of(0, 1), 2);
    expect(loss).toBe(2000);
    expect([...gradient]).toEqual([1, -1]);
  });
});

describe('sigmoid cross-entropy', () => {
  it('is log 2 for each undecided answer, summed over outputs and averaged over rows', () => {
    const { loss, gradient } = sigmoidCrossEntropy(new Float32Array(4), Float32Array.of(1, 0, 0, 1), 2);
    expect(loss).toBeCloseTo(2 * Math.log(2), 12);
    expect([...gradient]).toEqual([-0.25, 0.25, 0.25, -0.25]);
  });

  it('survives logits that would overflow an exponential', () => {
    const { loss, gradient } = sigmoidCrossEntropy(Float32Array.of(800, -800), Float32Array.of(0, 1), 1);
    expect(loss).toBe(800);
    expect([...gradient]).toEqual([0.5, -0.5]);
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
