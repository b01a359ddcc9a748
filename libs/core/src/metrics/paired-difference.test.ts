import { describe, expect, it } from 'vitest';
import { createRng } from '../math/random.js';
import { scriptedRng } from '../testing/draws.js';
import type { PersonFigures } from './confusion.js';
import { pairedDifference, type PairedTest } from './paired-difference.js';

/** A person with windows of both classes; of each class the given number is predicted correctly, the others wrongly. */
const person = (name: string, right: number, wrong: number): PersonFigures => ({
  name,
  windows: 2 * (right + wrong),
  confusion: [
    [right, wrong],
    [wrong, right],
  ],
});

// With as many windows of each class, and as many right, the weighted F1 is the share that is right.
const both: PairedTest = {
  method: [person('ann', 9, 1), person('ben', 6, 4)],
  against: [person('ann', 5, 5), person('ben', 4, 6)],
};
const annAlone: PairedTest = { method: [person('ann', 8, 2)], against: [person('ann', 7, 3)] };

describe('the difference of two models on the same people', () => {
  it('is worked out by hand for three resamples of two people in two tests', () => {
    // Drawn: ann twice; ann and ben; ben twice, who is not in the second test.
    const rng = scriptedRng({ integer: [0, 0, 0, 1, 1, 1] });
    const found = pairedDifference({ tests: [both, annAlone], level: 0.5, resamples: 3, rng })!;
    expect(found).toMatchObject({ tests: 2, people: 2 });
    // All: (15/20 - 9/20 + 8/10 - 7/10) / 2; errors 5/20 + 2/10 of 11/20 + 3/10.
    expect(found.difference.value).toBeCloseTo(0.2, 12);
    expect(found.errorRemoved.value).toBeCloseTo(1 - 0.45 / 0.85, 12);
    // Ann twice: (0.4 + 0.1) / 2; both: 0.2; Ben twice: 0.2 in one test. In order 0.2, 0.2, 0.25.
    expect(found.difference.interval!.low).toBeCloseTo(0.2, 12);
    expect(found.difference.interval!.high).toBeCloseTo(0.225, 12);
    // Ann: 1 - 0.3 / 0.8; both: 1 - 0.45 / 0.85; Ben: 1 - 0.4 / 0.6. In order Ben, both, Ann.
    const [ben, all, ann] = [1 / 3, 0.4 / 0.85, 5 / 8];
    expect(found.errorRemoved.interval!.low).toBeCloseTo((ben + all) / 2, 12);
    expect(found.errorRemoved.interval!.high).toBeCloseTo((all + ann) / 2, 12);
  });

  it('counts a person who was drawn twice twice, in each of their tests', () => {
    const tests = [
      { method: [person('ann', 10, 0), person('ben', 0, 10)], against: [person('ann', 0, 10), person('ben', 0, 10)] },
    ];
    // Three draws of three people: ann twice and ben once. 20 of 30 right against none.
    const three = [{ ...tests[0]!, method: [...tests[0]!.method, person('cyd', 5, 5)], against: [...tests[0]!.against, person('cyd', 0, 10)] }]; // prettier-ignore
    const rng = scriptedRng({ integer: [0, 1, 0] });
    const { interval } = pairedDifference({ tests: three, level: 0.95, resamples: 1, rng })!.difference;
    expect(interval!.low).toBeCloseTo(2 / 3, 12);
  });

  it('is on the people whom both were tested on, and on nobody there is none', () => {
    const tests = [{ method: both.method, against: [person('ben', 4, 6), person('cyd', 10, 0)] }];
    const rng = createRng(1);
    expect(pairedDifference({ tests, level: 0.95, resamples: 10, rng })).toEqual({
      tests: 1,
      people: 1,
      difference: { value: expect.closeTo(0.2, 12) },
      errorRemoved: { value: expect.closeTo(1 / 3, 12) },
    });
    const apart = [{ method: [person('ann', 1, 1)], against: [person('ben', 1, 1)] }];
    expect(pairedDifference({ tests: apart, level: 0.95, resamples: 10, rng })).toBeUndefined();
  });

  it('has no share of an error that is not there', () => {
    const perfect = { method: [person('ann', 9, 1)], against: [person('ann', 10, 0)] };
    const options = { level: 0.95, resamples: 50, rng: createRng(1) };
    expect(pairedDifference({ tests: [perfect], ...options })!.errorRemoved).toEqual({ value: null });
    // Where only ann is drawn it does not exist either, so there is no interval.
    const tests = [{ method: [...perfect.method, person('ben', 8, 2)], against: [...perfect.against, person('ben', 6, 4)] }]; // prettier-ignore
    const { difference, errorRemoved } = pairedDifference({ tests, ...options })!;
    expect(errorRemoved).toEqual({ value: expect.closeTo(1 - 3 / 4, 12) });
    expect(difference.interval).toBeDefined();
  });

  it('does not depend on the order of tests and people, and is the same for the same seed', () => {
    const turned = { method: both.method.toReversed(), against: both.against.toReversed() };
    const of = (tests: readonly PairedTest[]): unknown =>
      pairedDifference({ tests, level: 0.95, resamples: 200, rng: createRng(3) });
    expect(of([annAlone, turned])).toEqual(of([both, annAlone]));
  });
});
