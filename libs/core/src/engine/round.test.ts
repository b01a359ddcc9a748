import { describe, expect, it } from 'vitest';
import { advance, openRound, type ClientOutcome, type RoundPlan, type RoundState } from './round.js';

const plan: RoundPlan = { cohort: ['ann', 'ben', 'cid'], uncounted: ['coordinator'], quorum: 2 };

const answered = (client: string): ClientOutcome => ({
  client,
  outcome: 'answered',
  examples: 5,
  summary: { windows: 9, loss: 0.5 },
});
const abstained = (client: string): ClientOutcome => ({
  client,
  outcome: 'abstained',
  reason: 'it has no windows',
  windows: 0,
});
const failed = (client: string): ClientOutcome => ({ client, outcome: 'failed', reason: 'left' });

function after(start: RoundPlan, ...outcomes: readonly ClientOutcome[]): RoundState {
  return outcomes.reduce(advance, openRound(start));
}

describe('a round', () => {
  it('stays open while it waits for somebody', () => {
    expect(after(plan, answered('ann'), answered('ben'), failed('coordinator')).phase).toBe('open');
  });

  it('is completed when nobody is left and the quorum has answered, its clients sorted by name', () => {
    expect(after(plan, answered('cid'), failed('coordinator'), abstained('ben'), answered('ann'))).toEqual({
      phase: 'completed',
      clients: [answered('ann'), abstained('ben'), answered('cid'), failed('coordinator')],
    });
  });

  it('is aborted when too few of the cohort answered: others do not count', () => {
    expect(after(plan, answered('ann'), answered('coordinator'), failed('ben'), abstained('cid'))).toMatchObject({
      phase: 'aborted',
      reason: '1 of 3 answered, where 2 must (ben failed: left; cid abstained: it has no windows)',
    });
  });

  it('is aborted when all abstained, and says so', () => {
    expect(after({ cohort: ['ann', 'ben'], uncounted: [], quorum: 1 }, abstained('ben'), abstained('ann'))).toEqual({
      phase: 'aborted',
      reason: 'all 2 asked abstained (ann abstained: it has no windows; ben abstained: it has no windows)',
      clients: [abstained('ann'), abstained('ben')],
    });
  });

  it('is aborted at once when there is nobody to ask', () => {
    expect(openRound({ cohort: [], uncounted: [], quorum: 1 })).toEqual({
      phase: 'aborted',
      reason: 'nobody was there to be asked',
      clients: [],
    });
  });

  it('names the first of many reasons only', () => {
    const cohort = Array.from({ length: 9 }, (_, index) => `c${index}`);
    const state = after({ cohort, uncounted: [], quorum: 1 }, ...cohort.map(failed));
    expect(state).toHaveProperty(
      'reason',
      '0 of 9 answered, where 1 must (c0 failed: left; c1 failed: left; c2 failed: left; c3 failed: left; ' +
        'c4 failed: left; and 4 more)',
    );
  });

  it('is the same object after a repeated, an uninvited or a late event', () => {
    const open = after(plan, answered('ann'));
    expect(advance(open, failed('ann'))).toBe(open);
    expect(advance(open, answered('zoe'))).toBe(open);
    const closed = after(plan, answered('ann'), answered('ben'), answered('cid'), answered('coordinator'));
    expect(advance(closed, failed('ben'))).toBe(closed);
  });

  it('leaves the states before it as they were', () => {
    const open = openRound(plan);
    advance(open, answered('ann'));
    expect(open).toMatchObject({ outcomes: [], pending: new Set(['ann', 'ben', 'cid', 'coordinator']) });
  });
});
