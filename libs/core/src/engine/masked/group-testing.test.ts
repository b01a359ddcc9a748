import { describe, expect, it } from 'vitest';
import { createRng } from '../../math/random.js';
import type { ClosedRound } from '../round.js';
import { afterRound, dividingCohort, nobodySuspected, type Suspicions } from './group-testing.js';

function completed(...names: readonly string[]): ClosedRound {
  return { phase: 'completed', clients: names.map((client) => ({ client, outcome: 'answered' })) };
}

function spoiled(...suspects: readonly string[]): ClosedRound {
  return { phase: 'aborted', clients: [], reason: 'the sum is beyond', suspects };
}

function after(...outcomes: readonly ClosedRound[]): Suspicions {
  return outcomes.reduce(afterRound, nobodySuspected);
}

const everybody = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `c${10 + index}`);

/** Runs rounds until the liars are found; how many rounds that took, and whether somebody else was taken for one. */
function search(names: readonly string[], liars: readonly string[], size: number): number {
  let suspicions = after(spoiled(...names));
  for (let round = 1; round < 200; round++) {
    const available = names.filter((name) => !suspicions.excluded.includes(name));
    const cohort = dividingCohort(suspicions, available, size, createRng(7).fork(round)) ?? available;
    expect(cohort.length).toBeGreaterThanOrEqual(Math.min(size, available.length));
    suspicions = afterRound(
      suspicions,
      cohort.some((name) => liars.includes(name)) ? spoiled(...cohort) : completed(...cohort),
    );
    expect(liars).toEqual(expect.arrayContaining([...suspicions.excluded]));
    if (suspicions.excluded.length === liars.length) {
      return round;
    }
  }
  throw new Error('expected the liars to be found');
}

describe('the search for who spoils masked rounds', () => {
  it('finds the one of a spoiled round whom no usable one contains', () => {
    expect(after(completed('ann', 'ben'))).toBe(nobodySuspected);
    expect(after(spoiled('ann', 'ben', 'cid'), completed('ann', 'cid', 'dot'))).toEqual({
      suspected: [],
      cleared: [],
      excluded: ['ben'],
    });
  });

  it('counts no usable round before the first spoiled one: somebody may begin to lie', () => {
    expect(after(completed('ann', 'ben', 'cid'), spoiled('ann', 'ben', 'cid')).suspected).toEqual([
      ['ann', 'ben', 'cid'],
    ]);
    const again = after(spoiled('ann', 'ben', 'cid', 'dot'), completed('ann', 'ben'), spoiled('ann', 'ben'));
    expect(again).toEqual({ suspected: [['ann', 'ben']], cleared: [], excluded: [] });
  });

  it('leaves out at once whose fault is known, and forgets lists that this explains', () => {
    const found = after(spoiled('ann', 'ben', 'cid'), spoiled('ben'));
    expect(found).toEqual({ suspected: [], cleared: [], excluded: ['ben'] });
  });

  it('ignores rounds that were aborted for another reason, and the coordinator', () => {
    expect(after({ phase: 'aborted', clients: [], reason: 'too few' })).toBe(nobodySuspected);
    expect(after(spoiled('coordinator', 'ann', 'ben')).suspected).toEqual([['ann', 'ben']]);
  });

  it('takes about as many rounds as halving takes, whoever it is', () => {
    for (const names of [everybody(5), everybody(16), everybody(64)]) {
      const rounds = names.map((liar) => search(names, [liar], 3));
      expect(Math.max(...rounds)).toBeLessThanOrEqual(3 * Math.ceil(Math.log2(names.length)) + 4);
    }
  });

  it('finds two of them, and never somebody else', () => {
    const names = everybody(16);
    for (const [first, second] of [
      [0, 1],
      [3, 12],
      [7, 8],
    ] as const) {
      // prettier-ignore
      expect(search(names, [names[first]!, names[second]!], 3)).toBeLessThan(60);
    }
  });

  it('has no cohort to choose where nobody is suspected', () => {
    expect(dividingCohort(nobodySuspected, ['ann', 'ben', 'cid'], 3, createRng(1))).toBeUndefined();
    expect(dividingCohort(after(spoiled('ann', 'ben')), ['cid', 'dot', 'eve'], 3, createRng(1))).toBeUndefined();
  });
});
