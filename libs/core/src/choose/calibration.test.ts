import { describe, expect, it } from 'vitest';
import { fitTemperature, fitThresholds } from './calibration.js';

const rows = [
  [0.549, 0.001, 0.45],
  [0.546, 0.402, 0.052],
  [0.005, 0.041, 0.954],
  [0.048, 0.512, 0.44],
  [0.038, 0.071, 0.891],
  [0.473, 0.197, 0.33],
  [0.528, 0.086, 0.386],
  [0.511, 0.462, 0.027],
  [0.005, 0.801, 0.194],
  [0.204, 0.178, 0.618],
  [0.141, 0.294, 0.565],
  [0.104, 0.875, 0.021],
  [0.139, 0.851, 0.01],
  [0.77, 0.221, 0.009],
  [0.288, 0.669, 0.043],
  [0.703, 0.296, 0.001],
];
const truth = Uint8Array.of(0, 0, 2, 1, 1, 1, 2, 0, 1, 0, 1, 2, 1, 0, 1, 0);

function fitted(classes: readonly number[], probabilities: readonly (readonly number[])[]): number {
  const heldOut = { truth: Uint8Array.from(classes), probabilities: Float32Array.from(probabilities.flat()) };
  return fitTemperature(heldOut, probabilities[0]!.length);
}

describe('the temperature of held-out predictions', () => {
  it('is the one at which SciPy finds the lowest negative log likelihood', () => {
    // minimize_scalar(method='bounded', xatol=1e-10) of -log_softmax(log(p) / T): 1.97891051
    expect(fitTemperature({ truth, probabilities: Float32Array.from(rows.flat()) }, 3)).toBe(1.979);
  });

  it('makes a teacher as sure as it is right', () => {
    // Three of four right at 0.9 each: the odds 9 must become 3, so 9^(1/T) = 3 and T = 2.
    expect(fitted([0, 0, 0, 1], [[0.9, 0.1], [0.9, 0.1], [0.9, 0.1], [0.9, 0.1]])).toBe(2); // prettier-ignore
    // The confidence is already right.
    expect(fitted([0, 0, 0, 1], [[0.75, 0.25], [0.75, 0.25], [0.75, 0.25], [0.75, 0.25]])).toBe(1); // prettier-ignore
  });

  it('stays between 0.5 and 10, whatever was predicted', () => {
    expect(fitted([0, 1], [[0.8, 0.2], [0.3, 0.7]])).toBe(0.5); // prettier-ignore
    expect(fitted([1, 0], [[0.8, 0.2], [0.3, 0.7]])).toBe(10); // prettier-ignore
    expect(fitted([1, 0], [[1, 0], [0, 1]])).toBe(10); // prettier-ignore
  });
});

/** Predictions of two classes: `a 0.9 right` is a window that is predicted to be of class a with 0.9, rightly. */
function thresholds(precision: number, ...windows: readonly string[]): readonly number[] {
  const read = windows.map((window) => {
    const [name, confidence, verdict] = window.split(' ');
    return { predicted: name === 'a' ? 0 : 1, confidence: Number(confidence), right: verdict === 'right' };
  });
  const truth = Uint8Array.from(read, ({ predicted, right }) => (right ? predicted : 1 - predicted));
  const probabilities = Float32Array.from(
    read.flatMap(({ predicted, confidence }) =>
      predicted === 0 ? [confidence, 1 - confidence] : [1 - confidence, confidence],
    ),
  );
  return fitThresholds({ truth, probabilities }, 2, precision);
}

describe('the thresholds of classes', () => {
  it('are the lowest confidences from which on the wanted share is right', () => {
    // a, the surest first: 1 of 1, 2 of 2, 2 of 3, 3 of 4 right. b: 1 of 1, 1 of 2.
    const windows = ['a 0.875 right', 'a 0.75 right', 'a 0.7 wrong', 'a 0.625 right', 'b 0.875 right', 'b 0.625 wrong'];
    expect(thresholds(0.9, ...windows)).toEqual([0.75, 0.875]);
    expect(thresholds(0.75, ...windows)).toEqual([0.625, 0.875]);
    expect(thresholds(0.5, ...windows)).toEqual([0.625, 0.625]);
  });

  it('count equally sure windows together', () => {
    expect(thresholds(0.9, 'a 0.875 right', 'a 0.75 right', 'a 0.75 wrong')).toEqual([0.875, 0.95]);
  });

  it('count a share that is reached exactly', () => {
    const nine = Array.from({ length: 9 }, () => 'a 0.75 right');
    expect(thresholds(0.9, ...nine, 'a 0.75 wrong')[0]).toBe(0.75);
    expect(thresholds(0.9, ...nine.slice(1), 'a 0.75 wrong')[0]).toBe(0.95);
  });

  it('are 0.95 where that is not reached, or the class is never predicted, and never higher', () => {
    expect(thresholds(0.9, 'a 0.99 wrong', 'a 0.98 right')).toEqual([0.95, 0.95]);
    expect(thresholds(0.9, 'a 0.99 right', 'b 0.97 right')).toEqual([0.95, 0.95]);
  });

  it('are at least 0.3, and rounded down so that the window itself passes', () => {
    const probabilities = Float32Array.of(0.2502, 0.25, 0.25, 0.2498, 0.1, 0.5006, 0.2, 0.1994);
    expect(fitThresholds({ truth: Uint8Array.of(0, 1), probabilities }, 4, 0.9)).toEqual([0.3, 0.5, 0.95, 0.95]);
  });
});
