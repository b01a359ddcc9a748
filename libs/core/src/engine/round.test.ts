import { describe, expect, it } from 'vitest';
import { openRound, type ClientOutcome, type Round, type RoundPlan } from './round.js';

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

const ignore = (): void => undefined;

function after(start: RoundPlan, ...outcomes: readonly ClientOutcome[]): Round {
  const round = openRound(start, ignore);
  outcomes.forEach(round.add);
  return round;
}

/** Who of these the round waits for. */
function pendingOf(round: Round): readonly string[] {
  return ['ann', 'ben', 'cid', 'coordinator', 'dot'].filter((client) => round.isPending(client));
}

describe('a round', () => {
  it('stays open while it waits for somebody', () => {
    const round = after(plan, answered('ann'), answered('ben'), failed('coordinator'));
    expect(round.closed()).toBeUndefined();
    expect(pendingOf(round)).toEqual(['cid']);
  });

  it('is completed when nobody is left and the quorum has answered, its clients sorted by name', () => {
    expect(after(plan, answered('cid'), failed('coordinator'), abstained('ben'), answered('ann')).closed()).toEqual({
      phase: 'completed',
      clients: [answered('ann'), abstained('ben'), answered('cid'), failed('coordinator')],
    });
  });

  it('is aborted when too few of the cohort answered: others do not count', () => {
    expect(
      after(plan, answered('ann'), answered('coordinator'), failed('ben'), abstained('cid')).closed(),
    ).toMatchObject({
      phase: 'aborted',
      reason: '1 of 3 answered, where 2 must (ben failed: left; cid abstained: it has no windows)',
    });
  });

  it('is aborted when all abstained, and says so', () => {
    const pair = { cohort: ['ann', 'ben'], uncounted: [], quorum: 1 };
    expect(after(pair, abstained('ben'), abstained('ann')).closed()).toEqual({
      phase: 'aborted',
      reason: 'all 2 asked abstained (ann abstained: it has no windows; ben abstained: it has no windows)',
      clients: [abstained('ann'), abstained('ben')],
    });
  });

  it('is aborted at once when there is nobody to ask', () => {
    expect(openRound({ cohort: [], uncounted: [], quorum: 1 }, ignore).closed()).toEqual({
      phase: 'aborted',
      reason: 'nobody was asked',
      clients: [],
    });
  });

  it('names the first of many reasons only', () => {
    const cohort = Array.from({ length: 9 }, (_, index) => `c${index}`);
    const round = after({ cohort, uncounted: [], quorum: 1 }, ...cohort.map(failed));
    expect(round.closed()).toHaveProperty(
      'reason',
      '0 of 9 answered, where 1 must (c0 failed: left; c1 failed: left; c2 failed: left; c3 failed: left; ' +
        'c4 failed: left; and 4 more)',
    );
  });

  describe('with a deadline', () => {
    const hurried: RoundPlan = { ...plan, deadline: 30 };
    const late = (client: string): ClientOutcome => ({ client, outcome: 'late', reason: 'no answer within 30 s' });

    it('is completed by those who answered, where they are a quorum', () => {
      const round = after(hurried, answered('cid'), answered('coordinator'), answered('ann'));
      round.expire();
      expect(round.closed()).toEqual({
        phase: 'completed',
        clients: [answered('ann'), late('ben'), answered('cid'), answered('coordinator')],
      });
    });

    it('is aborted where they are not, and says who was late', () => {
      const round = after(hurried, answered('coordinator'), answered('cid'), abstained('ben'));
      round.expire();
      expect(round.closed()).toMatchObject({
        phase: 'aborted',
        reason: '1 of 3 answered, where 2 must (ann late: no answer within 30 s; ben abstained: it has no windows)',
      });
    });

    it('still waits for those who do not count', () => {
      const round = after(hurried, answered('ann'), answered('ben'));
      round.expire();
      expect(pendingOf(round)).toEqual(['coordinator']);
      round.add(answered('cid'));
      round.add(answered('coordinator'));
      expect(round.closed()).toMatchObject({
        phase: 'completed',
        clients: [answered('ann'), answered('ben'), late('cid'), answered('coordinator')],
      });
    });

    it('stays as it is when the deadline comes after its end', () => {
      const round = after({ ...hurried, uncounted: [] }, answered('ann'), answered('ben'), answered('cid'));
      const closed = round.closed();
      expect(closed?.phase).toBe('completed');
      round.expire();
      expect(round.closed()).toEqual(closed);
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
      expect(after({ ...generous, uncounted: [] }, answered('cid'), answered('ann')).closed()).toEqual({
        phase: 'completed',
        clients: [answered('ann'), surplus('ben'), answered('cid')],
      });
    });

    it('counts neither who failed nor who abstained', () => {
      const lone = { ...generous, cohort: ['ann', 'ben', 'cid', 'dot'], uncounted: [] };
      expect(pendingOf(after(lone, failed('ann'), answered('ben'), abstained('cid')))).toEqual(['dot']);
      expect(after(lone, failed('ann'), answered('ben'), abstained('cid'), answered('dot')).closed()).toEqual({
        phase: 'completed',
        clients: [failed('ann'), answered('ben'), abstained('cid'), answered('dot')],
      });
    });

    it('still waits for those who do not count, and does not count them', () => {
      expect(pendingOf(after(generous, answered('coordinator'), answered('ann')))).toEqual(['ben', 'cid']);
      const round = after(generous, answered('ben'), answered('ann'));
      expect(pendingOf(round)).toEqual(['coordinator']);
      round.add(failed('coordinator'));
      expect(round.closed()).toMatchObject({
        phase: 'completed',
        clients: [answered('ann'), answered('ben'), surplus('cid'), failed('coordinator')],
      });
    });
  });

  it('says when it waits for nobody of its cohort any more: at the last answer, at enough of them, at the deadline', () => {
    const ends: string[] = [];
    const opened = (name: string, changes: Partial<RoundPlan>): Round =>
      openRound({ ...plan, ...changes }, () => ends.push(name));
    const whole = opened('whole', {});
    ['ann', 'ben', 'coordinator'].forEach((client) => {
      whole.add(answered(client));
    });
    const generous = opened('generous', { enough: 1 });
    const hurried = opened('hurried', { deadline: 1 });
    expect(ends).toEqual([]);
    whole.add(failed('cid'));
    generous.add(answered('ben'));
    hurried.expire();
    expect(ends).toEqual(['whole', 'generous', 'hurried']);
  });

  it('stays as it is after a repeated, an unsolicited or a late event', () => {
    const open = after(plan, answered('ann'), failed('ann'), answered('zoe'));
    expect(pendingOf(open)).toEqual(['ben', 'cid', 'coordinator']);
    const closed = after(plan, answered('ann'), answered('ben'), answered('cid'), answered('coordinator'));
    const before = closed.closed();
    closed.add(failed('ben'));
    expect(closed.closed()).toEqual(before);
    expect(before?.clients).toHaveLength(4);
  });
});
