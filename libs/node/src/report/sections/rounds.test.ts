import { describe, expect, it } from 'vitest';
import { sampleRun } from '../../testing/sample-run.js';
import { roundsSection } from './rounds.js';

describe('the rounds of a report', () => {
  const { rounds } = sampleRun();

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
