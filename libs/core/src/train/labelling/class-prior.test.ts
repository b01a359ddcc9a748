import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../../errors.js';
import { createRng } from '../../math/random.js';
import { threeKinds } from '../../testing/windows.js';
import { alignWithPrior, classPriorOf } from './class-prior.js';

describe('the class prior', () => {
  it('is the share of each class among labelled windows', () => {
    const windows = threeKinds(4, createRng('data'), 'labelled');
    const labels = Float32Array.of(1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 1, 0);
    expect(classPriorOf({ ...windows, labels })).toEqual([0.5, 0.5, 0]);
  });

  it('is nothing without labels', () => {
    expect(classPriorOf(undefined)).toBeUndefined();
    expect(classPriorOf(threeKinds(4, createRng('data'), 'unlabelled'))).toBeUndefined();
    expect(classPriorOf(threeKinds(0, createRng('data'), 'labelled'))).toBeUndefined();
  });
});

describe('alignment with a class prior', () => {
  it('multiplies by prior over mean, and normalises each row', () => {
    // Means 0.75 and 0.25; with equal priors the ratios are 2/3 and 2. Row 1: 0.6, 0.2 -> 3/4, 1/4; row 2: 0.4, 0.8 -> 1/3, 2/3.
    const aligned = alignWithPrior(Float32Array.of(0.9, 0.1, 0.6, 0.4), [0.5, 0.5], 2);
    [0.75, 0.25, 1 / 3, 2 / 3].forEach((value, index) => {
      expect(aligned[index]).toBeCloseTo(value, 6);
    });
  });

  it('leaves probabilities alone whose mean is the prior', () => {
    const rows = Float32Array.of(0.75, 0.25, 0.25, 0.75);
    expect(alignWithPrior(rows, [0.5, 0.5], 2)).toEqual(rows);
  });

  it('gives no NaN where the teacher never sees a class', () => {
    expect([...alignWithPrior(Float32Array.of(1, 0, 1, 0), [0.5, 0.5], 2)]).toEqual([1, 0, 1, 0]);
  });

  it('refuses a prior of other classes, and one that knows of a class nothing', () => {
    const align = (prior: readonly number[]) => (): unknown => alignWithPrior(Float32Array.of(0.9, 0.1), prior, 2);
    expect(align([1])).toThrow(InvalidInput);
    expect(align([1])).toThrow('class prior: expected a share of each of 2 classes, found 1');
    expect(align([1, 0])).toThrow('class prior: [1]: expected a share above 0 and up to 1, found 0');
    expect(align([0.5, NaN])).toThrow('found NaN');
  });
});
