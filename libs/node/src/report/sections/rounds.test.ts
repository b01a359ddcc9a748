import { describe, expect, it } from 'vitest';
import { sampleRun } from '../../testing/sample-run.js';
import { roundsSection } from './rounds.js';

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
