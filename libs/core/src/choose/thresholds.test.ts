import { describe, expect, it } from 'vitest';
import { fitThresholds } from './thresholds.js';

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
