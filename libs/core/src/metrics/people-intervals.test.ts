import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRng } from '../math/random.js';
import { scriptedRng } from '../testing/draws.js';
import type { Confusion } from './confusion.js';
import { peopleIntervals, type PeopleIntervals } from './people-intervals.js';

/** A person with windows of one class, some of which are predicted as the other. */
const sitter = (right: number, wrong: number): Confusion => [
  [right, wrong],
  [0, 0],
];
const walker = (right: number, wrong: number): Confusion => [
  [0, 0],
  [wrong, right],
];

const intervals = (confusionOf: readonly Confusion[], level: number, seed = 1): PeopleIntervals =>
  peopleIntervals({ confusionOf, level, resamples: 20_000, rng: createRng(seed) }) as PeopleIntervals;

describe('intervals by people', () => {
  it('are worked out by hand for three resamples of two people', () => {
    // The sitter twice: all right. Both: accuracy 1/2, F1 2/3 for sitting and 0 for walking. The walker twice: all wrong.
    const rng = scriptedRng({ integer: [0, 0, 1, 0, 1, 1] });
    const found = peopleIntervals({ confusionOf: [sitter(4, 0), walker(0, 4)], level: 0.5, resamples: 3, rng });
    expect(found).toMatchObject({ kind: 'people', level: 0.5, people: 2, resamples: 3 });
    const { accuracy, weightedF1, macroF1 } = found as PeopleIntervals;
    // A quarter and three quarters of the way through 0, 1/2, 1 and through 0, 1/3, 1.
    expect(accuracy).toEqual({ low: 0.25, high: 0.75 });
    expect(weightedF1.low).toBeCloseTo(1 / 6, 12);
    expect(weightedF1.high).toBeCloseTo(2 / 3, 12);
    expect(macroF1).toEqual(weightedF1);
  });

  it('are those of all ways to draw three people', () => {
    // Accuracies 0, 1/2, 1 of ten windows each: 27 draws of equal chance sum to 0 … 3 in halves,
    // 1, 3, 6, 7, 6, 3, 1 times. 10 % lies in the second group, 90 % in the last but one.
    const people = [sitter(0, 10), sitter(5, 5), sitter(10, 0)];
    const { accuracy } = intervals(people, 0.8);
    expect(accuracy.low).toBeCloseTo(1 / 6, 12);
    expect(accuracy.high).toBeCloseTo(5 / 6, 12);
  });

  it('count people with many windows as heavily as their windows', () => {
    // Of four equal draws two mix 30 right with 10 wrong windows.
    const { accuracy } = intervals([sitter(30, 0), sitter(0, 10)], 0.4);
    expect(accuracy).toEqual({ low: 0.75, high: 0.75 });
  });

  it('are wider than single windows would make them where people differ', () => {
    const { accuracy } = intervals([sitter(100, 0), sitter(0, 100), sitter(100, 0), sitter(100, 0)], 0.95);
    // 400 single windows at 3/4 would give 1.96 x sqrt(3/16 / 400) = 0.042 to either side.
    expect(accuracy).toEqual({ low: 0.25, high: 1 });
  });

  it('shrink to a point where all people are alike', () => {
    const { accuracy, weightedF1 } = intervals([sitter(3, 1), sitter(3, 1), sitter(3, 1)], 0.95);
    expect(accuracy).toEqual({ low: 0.75, high: 0.75 });
    expect(weightedF1.low).toBe(weightedF1.high);
  });

  it('are the same for the same seed', () => {
    const people = Array.from({ length: 9 }, (_, person) => sitter(person ** 2 + 1, 20 - person));
    expect(intervals(people, 0.95, 3)).toEqual(intervals(people, 0.95, 3));
  });

  it('stay between 0 and 1, the low bound below the high one', () => {
    const count = fc.nat({ max: 30 });
    const person = fc.tuple(count, count, count).map(([a, b, c]): Confusion => [
      [a + 1, b],
      [0, c],
    ]);
    fc.assert(
      fc.property(fc.array(person, { minLength: 2, maxLength: 6 }), fc.integer(), (people, seed) => {
        const found = peopleIntervals({ confusionOf: people, level: 0.9, resamples: 20, rng: createRng(seed) });
        const { accuracy, weightedF1, macroF1 } = found as PeopleIntervals;
        for (const { low, high } of [accuracy, weightedF1, macroF1]) {
          expect(low).toBeGreaterThanOrEqual(0);
          expect(high).toBeGreaterThanOrEqual(low);
          expect(high).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('do not exist for one person, and say why', () => {
    expect(peopleIntervals({ confusionOf: [sitter(1, 1)], level: 0.95, resamples: 10, rng: createRng(1) })).toEqual({
      kind: 'none',
      reason: 'intervals need at least 2 test people, found 1',
    });
  });
});
