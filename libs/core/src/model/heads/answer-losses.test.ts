import { describe, expect, it } from 'vitest';
import { pickRows, pickValues, randomRows } from '../../testing/labelled-rows.js';
import { logistic, meanOverAnswers, sigmoid, squared, sumOverOutputs } from './answer-losses.js';

const sigmoidCrossEntropy = sumOverOutputs(logistic);
const meanSigmoidCrossEntropy = meanOverAnswers(logistic);
const halfMeanSquaredError = meanOverAnswers(squared);

const missing = Number.NaN;
/** Three rows, two outputs: two answers of the first have a label, one of the second. */
const threeOfSix = { targets: Float32Array.of(1, missing, 0, missing, missing, 1) };

describe('sigmoid cross-entropy', () => {
  it('is log 2 for each undecided answer, summed over outputs and averaged over rows', () => {
    const { loss, gradient } = sigmoidCrossEntropy(new Float32Array(4), { targets: Float32Array.of(1, 0, 0, 1) }, 2);
    expect(loss).toBeCloseTo(2 * Math.log(2), 12);
    expect([...gradient]).toEqual([-0.25, 0.25, 0.25, -0.25]);
  });

  it('survives logits that would overflow an exponential', () => {
    const { loss, gradient } = sigmoidCrossEntropy(Float32Array.of(800, -800), { targets: Float32Array.of(0, 1) }, 1);
    expect(loss).toBe(800);
    expect([...gradient]).toEqual([0.5, -0.5]);
  });

  it('takes the mean of each output over the rows that have its label', () => {
    const { loss, gradient } = sigmoidCrossEntropy(new Float32Array(6), threeOfSix, 2);
    expect(loss).toBeCloseTo(2 * Math.log(2), 12);
    expect([...gradient]).toEqual([-0.25, 0, 0.25, 0, 0, -0.5]);
  });
});

describe('mean sigmoid cross-entropy', () => {
  it('is log 2 for undecided answers, however many there are', () => {
    const { loss, gradient } = meanSigmoidCrossEntropy(
      new Float32Array(4),
      { targets: Float32Array.of(1, 0, 0, 1) },
      2,
    );
    expect(loss).toBeCloseTo(Math.log(2), 12);
    expect([...gradient]).toEqual([-0.125, 0.125, 0.125, -0.125]);
  });

  it('takes the mean over all answers that have a label', () => {
    const { loss, gradient } = meanSigmoidCrossEntropy(new Float32Array(6), threeOfSix, 2);
    expect(loss).toBeCloseTo(Math.log(2), 12);
    expect([...gradient]).toEqual([-1 / 6, 0, 1 / 6, 0, 0, -1 / 6].map(Math.fround));
  });
});

describe('half the mean squared error', () => {
  it('averages over the answers that have a label', () => {
    // Errors 2 and -1; halved squares 2 and 1/2.
    const labels = { targets: Float32Array.of(1, missing, 4, missing) };
    const { loss, gradient } = halfMeanSquaredError(Float32Array.of(3, 9, 3, -9), labels, 2);
    expect(loss).toBe(1.25);
    expect([...gradient]).toEqual([1, 0, -0.5, 0]);
  });

  it('multiplies each row by its weight', () => {
    const labels = { targets: Float32Array.of(1, 4), weights: Float32Array.of(3, 0.5) };
    const { loss, gradient } = halfMeanSquaredError(Float32Array.of(3, 3), labels, 1);
    expect(loss).toBe((3 * 2 + 0.5 * 0.5) / 2);
    expect([...gradient]).toEqual([3, -0.25]);
  });
});

describe.each([
  ['sigmoid cross-entropy', sigmoidCrossEntropy],
  ['mean sigmoid cross-entropy', meanSigmoidCrossEntropy],
  ['half the mean squared error', halfMeanSquaredError],
])('%s with missing labels', (_, lossOf) => {
  it('gives for the other rows the very bits that they give alone', () => {
    const all = randomRows(8, 3);
    const present = [1, 2, 5, 6];
    for (const row of [0, 3, 4, 7]) {
      all.targets.fill(missing, row * 3, row * 3 + 3);
    }
    const { loss, gradient } = lossOf(all.logits, all, 3);
    const alone = pickRows(all, present, 3);
    const expected = lossOf(alone.logits, alone, 3);
    expect(loss).toBe(expected.loss);
    expect(pickValues(gradient, present, 3)).toEqual(expected.gradient);
    expect(pickValues(gradient, [0, 3, 4, 7], 3)).toEqual(new Float32Array(12));
  });

  it('is 0 where there is no label at all', () => {
    const labels = { targets: new Float32Array(4).fill(missing) };
    expect(lossOf(Float32Array.of(1, 2, 3, 4), labels, 2)).toEqual({ loss: 0, gradient: new Float32Array(4) });
  });
});

describe('sigmoid', () => {
  it('is a probability, for logits of any size', () => {
    expect([...sigmoid(Float32Array.of(0, 800, -800, Math.log(3)))]).toEqual([0.5, 1, 0, 0.75]);
  });
});
