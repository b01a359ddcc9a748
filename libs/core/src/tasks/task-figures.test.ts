import { describe, expect, it } from 'vitest';
import { taskFigure } from './task-figures.js';

const all = (count: number): Uint32Array => Uint32Array.from({ length: count }, (_, window) => window);

describe('the figure of a task', () => {
  it('is the weighted F1 of exclusive classes', () => {
    // Truth a a a b, predicted a a b b: F1 is 4/5 of a and 2/3 of b; three windows to one.
    const targets = Float32Array.of(1, 0, 1, 0, 1, 0, 0, 1);
    const predictions = Float32Array.of(0.9, 0.1, 0.6, 0.4, 0.2, 0.8, 0.3, 0.7);
    const figure = taskFigure('exclusive', { targets, predictions, outputs: 2 });
    expect(figure(all(4))).toBeCloseTo((3 * (4 / 5) + 2 / 3) / 4, 12);
    expect(figure(Uint32Array.of(0, 1))).toBe(1);
    expect(figure(all(0))).toBeNull();
  });

  it('is the mean F1 of answers, each over the windows with its label', () => {
    // First: yes yes no, said yes no yes: TP 1, FP 1, FN 1, F1 1/2. Second: known twice, right twice: 1. Third: no yes.
    const targets = Float32Array.of(1, 1, 0, 1, NaN, 0, 0, 0, NaN);
    const predictions = Float32Array.of(0.5, 0.8, 0.9, 0.4, 0.9, 0.1, 0.6, 0.1, 0.2);
    expect(taskFigure('multi-label', { targets, predictions, outputs: 3 })(all(3))).toBeCloseTo(0.75, 12);
  });

  it('is R² of numbers, and none where the numbers are all the same', () => {
    // Mean 2, spread 2; missed by 0.5 and 0.5: 1 - 0.5 / 2.
    const targets = Float32Array.of(1, 2, 3, NaN);
    const predictions = Float32Array.of(1.5, 2, 2.5, 100);
    const figure = taskFigure('regression', { targets, predictions, outputs: 1 });
    expect(figure(all(4))).toBeCloseTo(0.75, 12);
    expect(figure(Uint32Array.of(1))).toBeNull();
  });
});
