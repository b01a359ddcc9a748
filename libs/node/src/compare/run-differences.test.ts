import { describe, expect, it } from 'vitest';
import { peopleRun, person } from '../testing/people-run.js';
import { without } from '../testing/without.js';
import { differencesOf, reservationsOf } from './run-differences.js';

// With as many windows of each activity, and as many right, the weighted F1 is the share that is right.
const first = peopleRun('first', [person('ann', 5, 5), person('ben', 4, 6)]);
const better = peopleRun('better', [person('ann', 9, 1), person('ben', 6, 4)]);

describe('the differences of runs', () => {
  it('are on the people whom both were tested on, with an interval by people', () => {
    const [only, ...others] = differencesOf([first, better]);
    expect(others).toEqual([]);
    expect(only).toMatchObject({ run: 'better', against: 'first', test: { tests: 1, people: 2 } });
    expect(only!.test!.difference.value).toBeCloseTo(15 / 20 - 9 / 20, 12);
    expect(only!.test!.errorRemoved.value).toBeCloseTo(1 - 5 / 11, 12);
    // Draws of two people: Ann twice 0.4, both 0.3, Ben twice 0.2.
    expect(only!.test!.difference.interval).toEqual({ low: expect.closeTo(0.2, 12), high: expect.closeTo(0.4, 12) });
    expect(only).not.toHaveProperty('clients');
    expect(reservationsOf([first, better])).toEqual([]);
  });

  it('are those to the first run, and the same whatever other runs are compared', () => {
    const [one, other] = differencesOf([first, first, better]);
    expect(one!.test!.difference.value).toBe(0);
    expect(other).toEqual(differencesOf([first, better])[0]);
  });

  it('are told for the people of the clients too, where both runs have them', () => {
    const people = [person('cyd', 5, 5)];
    const known = peopleRun('known', [person('ann', 5, 5)], people);
    const learned = peopleRun('learned', [person('ann', 5, 5)], [person('cyd', 8, 2)]);
    const [only] = differencesOf([known, learned]);
    expect(only!.clients).toMatchObject({ people: 1, difference: { value: expect.closeTo(0.3, 12) } });
    expect(differencesOf([first, learned])[0]).not.toHaveProperty('clients');
  });
});

describe('what limits a comparison', () => {
  it('is that the runs were tested on different people', () => {
    const elsewhere = peopleRun('elsewhere', [person('ben', 4, 6), person('cyd', 1, 1)]);
    expect(reservationsOf([first, elsewhere])).toEqual([
      'first and elsewhere were tested on different people: only first was tested on ann; only elsewhere was tested on cyd. Differences are on the 1 person tested in both: ben. The other figures are on different people and cannot be compared.',
    ]);
    expect(differencesOf([first, elsewhere])[0]!.test).toMatchObject({ people: 1, difference: { value: 0 } });
  });

  it('is that nobody was tested in both', () => {
    const strangers = peopleRun('strangers', [person('dot', 1, 1)]);
    expect(reservationsOf([first, strangers])).toEqual([
      'first and strangers were tested on different people: only first was tested on ann, ben; only strangers was tested on dot. Nobody was tested in both, so no difference can be told.',
    ]);
    expect(differencesOf([first, strangers])).toEqual([{ run: 'strangers', against: 'first' }]);
  });

  it('is that people of the same names have other windows', () => {
    const namesake = peopleRun('namesake', [person('ann', 3, 2), person('ben', 4, 6)]);
    expect(reservationsOf([first, namesake])).toEqual([
      'first and namesake have other test windows of the same names: ann (20 and 10 windows). Either the studies cut recordings differently, or these are different people or recordings.',
    ]);
  });

  it('is that a run is not finished, has no figures, or none of single people', () => {
    const { run } = first;
    const unfinished = { ...first, label: 'begun', run: { ...run, result: without(run.result, 'model') } };
    const unevaluated = { ...without(first, 'models'), label: 'blind' };
    const old = peopleRun('old', []);
    const evaluation = without(old.models!.final.evaluation, 'people');
    const peopleless = { ...old, models: { ...old.models!, final: { stage: 'fine-tune', evaluation } } };
    expect(reservationsOf([first, unfinished, unevaluated, peopleless])).toEqual([
      'begun is not finished: its figures are those after round 1 of 1 of stage "fine-tune".',
      'blind has no figures: none of its models was evaluated.',
      'old has no figures of single people, so it cannot be compared on the same people.',
    ]);
  });
});
