import type { RunEvent } from '@gaitway/node';
import { describe, expect, it } from 'vitest';
import { isExplained, kindOf } from './report.js';

const failure = { event: 'client-failed', task: 's/1/ann', stage: 's', round: 1, client: 'ann' } as const;

describe('isExplained', () => {
  it.each<RunEvent>([
    { event: 'client-joined', client: 'ann' },
    { event: 'client-left', client: 'ann', reason: 'it left' },
    { ...failure, reason: 'its connection was closed' },
    { event: 'run-stopped', reason: 'interrupted' },
  ])('accounts for %j', (event) => {
    expect(isExplained(event)).toBe(true);
  });

  it.each<RunEvent>([
    { event: 'client-left', client: 'ann', reason: 'it no longer answers' },
    { event: 'client-refused', client: 'ann', reason: 'it left' },
    { event: 'answer-ignored', client: 'ann', reason: 'unsolicited' },
    { event: 'state-damaged', reason: 'interrupted' },
    { ...failure, reason: 'Update of client "ann" refused: expected 3 numbers, found 2' },
  ])('does not account for %j', (event) => {
    expect(isExplained(event)).toBe(false);
  });
});

describe('kindOf', () => {
  it('is the kind, with the reason where there is one', () => {
    expect(kindOf({ event: 'client-joined', client: 'ann' })).toBe('client-joined');
    expect(kindOf({ ...failure, reason: 'it left' })).toBe('client-failed: it left');
  });
});
