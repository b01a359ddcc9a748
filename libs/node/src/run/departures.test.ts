import { describe, expect, it } from 'vitest';
import { revocationReason } from '../identity/admission.js';
import { sampleRun } from '../testing/sample-run.js';
import { departuresOf } from './departures.js';
import type { LoggedEvent } from './events/events.js';
import type { RoundLine } from './round-line.js';

const line = sampleRun().rounds.find(({ where }) => where === 'clients')!;

/** A round in which these clients answered, and `late` did not. */
function round(number: number, clients: readonly string[], phase: 'completed' | 'aborted' = 'completed'): RoundLine {
  const answered = clients.map((client) => ({
    client,
    outcome: 'answered' as const,
    examples: 1,
    summary: { windows: 1, loss: 1 },
  }));
  const late = { client: 'late', outcome: 'late', reason: 'no answer' } as const;
  const common = { ...line, stage: 'student', round: number, clients: [...answered, late] };
  return phase === 'completed' ? { ...common, phase } : { ...common, phase, reason: 'too few' };
}

function event(name: string, client?: string, reason?: string): LoggedEvent {
  return {
    time: '2026-03-05T18:04:09.120Z',
    event: name,
    ...(client !== undefined && { client }),
    ...(reason !== undefined && { reason }),
  };
}

const join = (client: string): LoggedEvent => event('client-joined', client);
const left = (client: string, reason = 'its connection broke'): LoggedEvent => event('client-left', client, reason);
const roundEnd = event('round-completed');

/** `ann: left, student 1,2` */
function told(events: readonly LoggedEvent[], rounds: readonly RoundLine[] = []): readonly string[] {
  return departuresOf(events, rounds).map(
    (each) =>
      `${each.client}: ${each.what}, ${[...each.rounds].map(([stage, list]) => `${stage} ${list.join(',')}`).join('; ')}`,
  );
}

describe('the clients that were gone when a run ended', () => {
  it('are those that were revoked or left, with the rounds in which their update counted', () => {
    const events = [
      ...['ann', 'ben', 'late', 'stays'].map(join),
      roundEnd,
      left('ann', revocationReason('ann')),
      left('late'),
      roundEnd,
      left('ben'),
      roundEnd,
    ];
    const rounds = [round(1, ['ann', 'ben', 'stays']), round(2, ['ben'], 'aborted'), round(3, ['ben', 'stays'])];
    expect(told(events, rounds)).toEqual(['ann: revoked, student 1', 'ben: left, student 1,3', 'late: left, ']);
  });

  it('are not those that came back, or that left when the last round had ended', () => {
    expect(told([join('ann'), left('ann'), join('ann'), join('ben'), roundEnd, left('ben')])).toEqual([]);
    expect(told([])).toEqual([]);
  });

  it('are those that did not come back to a coordinator that was started again', () => {
    const resumed = event('run-resumed');
    expect(told([join('ann'), join('ben'), resumed, join('ben'), roundEnd])).toEqual(['ann: left, ']);
    expect(told([join('ann'), roundEnd, resumed])).toEqual([]);
  });

  it('are revoked where they heard of it when they came back, and nobody else can say so for them', () => {
    const refused = (client: string): LoggedEvent => event('client-refused', client, revocationReason(client));
    expect(told([join('ann'), left('ann'), refused('ann'), roundEnd])).toEqual(['ann: revoked, ']);
    expect(told([join('ann'), refused('ann'), refused('mal'), roundEnd])).toEqual([]);
    expect(told([join('ann'), left('ann'), event('client-refused', 'ann', 'another reason'), roundEnd])).toEqual([
      'ann: left, ',
    ]);
  });
});
