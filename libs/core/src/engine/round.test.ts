import { describe, expect, it } from 'vitest';
import { advance, expire, openRound, type ClientOutcome, type RoundPlan, type RoundState } from './round.js';

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
      reason: 'nobody was asked',
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

  describe('with a deadline', () => {
    const hurried: RoundPlan = { ...plan, deadline: 30 };
    const late = (client: string): ClientOutcome => ({ client, outcome: 'late', reason: 'no answer within 30 s' });

    it('is completed by those who answered, where they are a quorum', () => {
      const state = after(hurried, answered('cid'), answered('coordinator'), answered('ann'));
      expect(expire(state)).toEqual({
        phase: 'completed',
        clients: [answered('ann'), late('ben'), answered('cid'), answered('coordinator')],
      });
    });

    it('is aborted where they are not, and says who was late', () => {
      expect(expire(after(hurried, answered('coordinator'), answered('cid'), abstained('ben')))).toMatchObject({
        phase: 'aborted',
        reason: '1 of 3 answered, where 2 must (ann late: no answer within 30 s; ben abstained: it has no windows)',
      });
    });

    it('still waits for those who do not count', () => {
      const state = expire(after(hurried, answered('ann'), answered('ben')));
      expect(state).toMatchObject({ phase: 'open', pending: new Set(['coordinator']) });
      expect(advance(state, answered('cid'))).toBe(state);
      expect(advance(state, answered('coordinator'))).toMatchObject({
        phase: 'completed',
        clients: [answered('ann'), answered('ben'), late('cid'), answered('coordinator')],
      });
    });

    it('is the same object when the deadline comes after its end', () => {
      const closed = after({ ...hurried, uncounted: [] }, answered('ann'), answered('ben'), answered('cid'));
      expect(closed.phase).toBe('completed');
      expect(expire(closed)).toBe(closed);
    });
  });

  describe('that asks more than it needs', () => {
    const generous: RoundPlan = { ...plan, enough: 2 };
    const surplus = (client: string): ClientOutcome => ({
      client,
      outcome: 'surplus',
      reason: '2 answered before it',
    });

    it('is completed when enough have answered', () => {
      expect(after({ ...generous, uncounted: [] }, answered('cid'), answered('ann'))).toEqual({
        phase: 'completed',
        clients: [answered('ann'), surplus('ben'), answered('cid')],
      });
    });

    it('counts neither who failed nor who abstained', () => {
      const lone = { ...generous, cohort: ['ann', 'ben', 'cid', 'dot'], uncounted: [] };
      expect(after(lone, failed('ann'), answered('ben'), abstained('cid')).phase).toBe('open');
      expect(after(lone, failed('ann'), answered('ben'), abstained('cid'), answered('dot'))).toEqual({
        phase: 'completed',
        clients: [failed('ann'), answered('ben'), abstained('cid'), answered('dot')],
      });
    });

    it('still waits for those who do not count, and does not count them', () => {
      const state = after(generous, answered('coordinator'), answered('ann'));
      expect(state).toMatchObject({ phase: 'open', pending: new Set(['ben', 'cid']) });
      const waiting = after(generous, answered('ben'), answered('ann'));
      expect(waiting).toMatchObject({ phase: 'open', pending: new Set(['coordinator']) });
      expect(advance(waiting, failed('coordinator'))).toMatchObject({
        phase: 'completed',
        clients: [answered('ann'), answered('ben'), surplus('cid'), failed('coordinator')],
      });
    });
  });

  it('is the same object after a repeated, an unsolicited or a late event', () => {
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
