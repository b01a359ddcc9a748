import { describe, expect, it } from 'vitest';
import type { RoundLine } from '../../run/round-line.js';
import { sampleRun } from '../../testing/sample-run.js';
import { roundRanges, roundsSection, troublesOf } from './rounds.js';

describe('the rounds of a report', () => {
  const { rounds } = sampleRun();

  it('count the late and those that were not needed, where there are any', () => {
    const late = { client: 'x', outcome: 'late', reason: 'no answer within 30 s' } as const;
    const surplus = { client: 'y', outcome: 'surplus', reason: '2 answered before it' } as const;
    const line = rounds.find(({ where }) => where === 'clients')!;
    expect(roundsSection([{ ...line, clients: [late, late, surplus] }]).safe).toContain(
      '3 tasks given: 0 failed, 2 late, 1 not needed, 0 abstained.',
    );
    expect(roundsSection([{ ...line, clients: [] }]).safe).toContain('given: 0 failed, 0 abstained.');
  });

  it('say how old the models of updates were, where rounds are buffers', () => {
    const answered = { client: 'x', outcome: 'answered', examples: 1, summary: { windows: 1, loss: 1 } } as const;
    const line = rounds.find(({ where }) => where === 'clients')!;
    const stale = [{ ...line, clients: [1, 2, 2].map((staleness) => ({ ...answered, staleness })) }];
    expect(roundsSection(stale).safe).toContain('from models 1.7 rounds old on average, 2 at most.');
    expect(roundsSection(rounds).safe).not.toContain('rounds old');
  });

  it('say after how many of them the coordinator trained', () => {
    const after = {
      client: 'coordinator',
      outcome: 'answered',
      examples: 60,
      summary: { windows: 60, loss: 1 },
    } as const;
    let turns = 0;
    const taken = rounds.map((line) => (line.where === 'clients' && turns++ < 2 ? { ...line, after } : line));
    expect(roundsSection(taken).safe).toContain('The coordinator trained after 2 of them.');
    expect(roundsSection(rounds).safe).not.toContain('The coordinator trained');
  });
});

function line(round: number, changes: Partial<RoundLine> = {}): RoundLine {
  const plain = { stage: 'student', where: 'clients', round, rounds: 9, phase: 'completed', clients: [] } as const;
  return { ...plain, seconds: 1, parametersSha256: '', ...changes } as RoundLine;
}

const failed = (client: string, reason: string) => ({ client, outcome: 'failed', reason }) as const;

describe('troublesOf', () => {
  it('puts the same trouble of a client into one line with all its rounds', () => {
    const lines = [1, 2, 4].map((round) => line(round, { clients: [failed('ada', 'left')] }));
    expect(troublesOf(lines)).toEqual([
      { client: 'ada', what: 'failed', stage: 'student', reason: 'left', rounds: [1, 2, 4] },
    ]);
  });

  it('keeps clients, reasons and stages apart', () => {
    const lines = [
      line(1, { clients: [failed('ada', 'left'), failed('ben', 'left')] }),
      line(2, { clients: [failed('ada', 'refused')] }),
      line(1, { stage: 'again', clients: [failed('ada', 'left')] }),
    ];
    expect(troublesOf(lines)).toHaveLength(4);
  });

  it('tells of the late after the failed, and not of those that were not needed', () => {
    const late = { client: 'ben', outcome: 'late', reason: 'no answer within 30 s' } as const;
    const surplus = { client: 'cyd', outcome: 'surplus', reason: '2 answered before it' } as const;
    const abstained = { client: 'dot', outcome: 'abstained', reason: 'no window', windows: 3 } as const;
    const lines = [
      line(1, { clients: [late, surplus, abstained, failed('ada', 'left')] }),
      line(2, { clients: [late] }),
    ];
    expect(troublesOf(lines).map(({ client, what }) => [client, what])).toEqual([
      ['ada', 'failed'],
      ['ben', 'late'],
      ['dot', 'abstained'],
    ]);
  });

  it('begins with aborted rounds, then failures by their number, then abstentions', () => {
    const abstained = { client: 'cyd', outcome: 'abstained', reason: 'no window', windows: 3 } as const;
    const lines = [
      line(1, { clients: [abstained, failed('ada', 'left')] }),
      line(2, { clients: [abstained, failed('ben', 'left')] }),
      line(3, { clients: [abstained, failed('ben', 'left')], phase: 'aborted', reason: 'too few' }),
    ];
    expect(troublesOf(lines).map(({ client, what, rounds }) => [client, what, rounds.length])).toEqual([
      [undefined, 'round aborted', 1],
      ['ben', 'failed', 2],
      ['ada', 'failed', 1],
      ['cyd', 'abstained', 3],
    ]);
  });
});

describe('roundRanges', () => {
  it('joins neighbours', () => {
    expect(roundRanges([1, 2, 3, 7, 9, 10])).toBe('1–3, 7, 9–10');
    expect(roundRanges([5])).toBe('5');
  });
});
