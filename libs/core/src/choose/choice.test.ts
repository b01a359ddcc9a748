import { describe, expect, it } from 'vitest';
import { type CandidateFigures, preferred } from './choice.js';

/** Candidates with these weighted F1s, fold by fold, in their order. */
function choose(scores: Readonly<Record<string, readonly number[]>>): string {
  const candidates = Object.entries(scores).map(([name, ofFolds]): CandidateFigures => {
    const same = { macroF1: 0.5, logLoss: 1 };
    const folds = ofFolds.map((weightedF1, fold) => ({ heldOut: String(fold), windows: 10, weightedF1, ...same }));
    return { name, folds, mean: { weightedF1: ofFolds.reduce((a, b) => a + b) / ofFolds.length, ...same } };
  });
  return preferred(candidates);
}

describe('the preferred candidate', () => {
  it('is the first where none is clearly better', () => {
    expect(choose({ first: [0.5, 0.75, 0.5], same: [0.5, 0.75, 0.5], worse: [0, 0, 0] })).toBe('first');
    expect(choose({ first: [0.5, 0.75, 0.5], barely: [0.51, 0.76, 0.51] })).toBe('first');
  });

  it('is a later one that is better on everybody, and clearly on the mean', () => {
    expect(choose({ first: [0.5, 0.75, 0.5], better: [0.53, 0.76, 0.53] })).toBe('better');
    expect(choose({ first: [0.5, 0.5, 0.5], better: [0.75, 0.75, 0.75], best: [1, 1, 1] })).toBe('best');
  });

  it('is not one that is better for some, however much', () => {
    // MotionSense, people 2, 3 and 4: recipe "pocket" and "fixed". On the test people "pocket" is ten points better.
    expect(choose({ pocket: [0.997, 0.75, 0.852], fixed: [0.993, 0.938, 0.9] })).toBe('pocket');
  });

  it('must be better by more where only two were held out', () => {
    expect(choose({ first: [0.5, 0.5], better: [0.53, 0.53] })).toBe('first');
    expect(choose({ first: [0.5, 0.5], better: [0.5625, 0.5625] })).toBe('better');
  });
});
