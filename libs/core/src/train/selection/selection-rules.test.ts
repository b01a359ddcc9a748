import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../../errors.js';
import { selectionVectors as vectors } from '../../testing/selection-vectors.js';
import { classThresholds } from './adaptive.js';
import { confidentDefaults, selectConfident } from './confident.js';
import { selectionRule, type SelectionPlan } from './selection-rules.js';

function select(
  plan: SelectionPlan,
  rows: readonly (readonly number[])[],
): ReturnType<ReturnType<typeof selectionRule>> {
  return selectionRule(plan)(Float32Array.from(rows.flat()), rows[0]!.length);
}

function kept(plan: SelectionPlan, rows: readonly (readonly number[])[]): number[] {
  return [...select(plan, rows).windows];
}

describe('the confident rule', () => {
  it('is the selection of SelfHAR, without weights', () => {
    const { windows, weights } = select({ ...confidentDefaults, maximumPerClass: 3 }, vectors.probabilities);
    expect([...windows]).toEqual(vectors.kept);
    expect(weights).toBeUndefined();
    const rows = Float32Array.from(vectors.probabilities.flat());
    expect(selectionRule(confidentDefaults)(rows, 3).windows).toEqual(selectConfident(rows, 3, confidentDefaults));
  });
});

describe('the fixed rule', () => {
  it('keeps windows whose highest probability reaches the threshold, whatever the class', () => {
    const rows = [
      [0.75, 0.25],
      [0.26, 0.74],
      [0.2, 0.8],
    ];
    expect(kept({ kind: 'fixed', threshold: 0.75 }, rows)).toEqual([0, 2]);
    expect(kept({ kind: 'fixed', threshold: 1 }, rows)).toEqual([]);
    expect(kept({ kind: 'fixed', threshold: 0 }, rows)).toEqual([0, 1, 2]);
  });
});

describe('the adaptive rule', () => {
  it('has the thresholds, and keeps the windows, that NumPy says', () => {
    const thresholds = classThresholds(Float32Array.from(vectors.probabilities.flat()), 3);
    thresholds.forEach((threshold, index) => {
      expect(threshold).toBeCloseTo(vectors.adaptiveThresholds[index]!, 6);
    });
    expect(kept({ kind: 'adaptive', floor: 0 }, vectors.probabilities)).toEqual(vectors.adaptiveKept);
  });

  it('asks less of a class that the teacher rarely sees', () => {
    // The mean of the highest is 0.75; the classes' means are 0.65 and 0.35: thresholds 0.75 and 0.75 x 35 / 65 = 0.404.
    const rows = [
      [0.9, 0.1],
      [0.9, 0.1],
      [0.7, 0.3],
      [0.1, 0.5],
    ];
    expect(kept({ kind: 'adaptive', floor: 0 }, rows)).toEqual([0, 1, 3]);
  });

  it('never asks less than its floor', () => {
    expect(kept({ kind: 'adaptive', floor: 0.81 }, vectors.probabilities)).toEqual([1, 6, 7, 11, 13]);
    expect(kept({ kind: 'adaptive', floor: 0.99 }, vectors.probabilities)).toEqual([]);
  });
});

describe('the soft-match rule', () => {
  it('keeps every window, with the weights that NumPy says', () => {
    const { windows, weights } = select({ kind: 'soft-match' }, vectors.probabilities);
    expect([...windows]).toEqual([...vectors.probabilities.keys()]);
    vectors.softMatchWeights.forEach((weight, window) => {
      expect(weights![window]).toBeCloseTo(weight, 5);
    });
  });

  it('gives equally sure windows their full weight', () => {
    const rows = Array.from({ length: 7 }, () => [0.1, 0.7, 0.2]);
    expect(select({ kind: 'soft-match' }, rows).weights).toEqual(new Float32Array(7).fill(1));
  });
});

describe('the calibrated rule', () => {
  // At temperature 2 the odds 9 become 3, and 3 to 1 becomes 3^(1/2) = 1.732 to 1.
  const rows = [
    [0.9, 0.1],
    [0.1, 0.9],
    [0.75, 0.25],
    [0.25, 0.75],
  ];

  it('keeps windows whose calibrated confidence reaches the threshold of their class', () => {
    expect(kept({ kind: 'calibrated', temperature: 2, thresholds: [0.749, 0.6] }, rows)).toEqual([0, 1, 3]);
    expect(kept({ kind: 'calibrated', temperature: 2, thresholds: [0.76, 0.64] }, rows)).toEqual([1]);
    expect(kept({ kind: 'calibrated', temperature: 1, thresholds: [0.76, 0.64] }, rows)).toEqual([0, 1, 3]);
  });

  it('throws as long as its numbers are to be chosen', () => {
    expect(() => kept({ kind: 'calibrated' }, rows)).toThrow('the study still has to choose');
  });
});

const plans: readonly SelectionPlan[] = [
  confidentDefaults,
  { kind: 'fixed', threshold: 0.95 },
  { kind: 'adaptive', floor: 0.5 },
  { kind: 'soft-match' },
  { kind: 'calibrated', temperature: 2, thresholds: [0.5, 0.5, 0.5] },
];

describe.each(plans)('every rule: $kind', (plan) => {
  it('selects nothing from nothing', () => {
    expect(selectionRule(plan)(new Float32Array(), 3).windows).toHaveLength(0);
  });

  it('refuses probabilities of a teacher that diverged', () => {
    expect(() => kept(plan, [[0.5, NaN]])).toThrow(InvalidInput);
    expect(() => kept(plan, [[0.5, NaN]])).toThrow(
      'teacher: window 0, class 1: expected a number from 0 to 1, found NaN',
    );
  });
});
