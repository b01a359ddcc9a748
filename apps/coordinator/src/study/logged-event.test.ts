import type { RunEvent } from '@gaitway/node';
import { expect, it } from 'vitest';
import type { CoordinatorEvent } from '../connections/coordinator-event.js';
import { createJournal } from './journal.js';
import { loggedEvent } from './logged-event.js';

it.each<[CoordinatorEvent, RunEvent]>([
  [
    { kind: 'joined', client: 'ann', windows: 36 },
    { event: 'client-joined', client: 'ann', windows: 36 },
  ],
  [
    { kind: 'asked-again', client: 'ann', stage: 'student', round: 3 },
    { event: 'client-asked-again', task: 'student/3/ann', stage: 'student', round: 3, client: 'ann' },
  ],
  [
    { kind: 'ignored', client: 'ann', id: 7, reason: 'late' },
    { event: 'answer-ignored', client: 'ann', reason: 'late' },
  ],
  [
    { kind: 'available', client: 'ann' },
    { event: 'client-available', client: 'ann' },
  ],
  [
    { kind: 'unavailable', client: 'ann', reason: 'not charging' },
    { event: 'client-unavailable', client: 'ann', reason: 'not charging' },
  ],
  [
    { kind: 'refused', client: '10.0.0.7', reason: 'flood' },
    { event: 'client-refused', client: '10.0.0.7', reason: 'flood' },
  ],
])('%o is logged as %o', (event, logged) => {
  expect(loggedEvent(event)).toEqual(logged);
});

it('what happened before the log was there is in it, in order, and a line that cannot be written holds up none', async () => {
  const journal = createJournal();
  const left = (client: string): RunEvent => ({ event: 'client-left', client, reason: 'it left' });
  journal.note(left('ann'));
  journal.note(left('ben'));
  const written: RunEvent[] = [];
  const all = new Promise<void>((resolve) => {
    journal.open((event) => {
      written.push(event);
      if (written.length === 3) {
        resolve();
      }
      return written.length === 1 ? Promise.reject(new Error('the disk is full')) : Promise.resolve();
    });
  });
  journal.note(left('cid'));
  await all;
  expect(written).toEqual([left('ann'), left('ben'), left('cid')]);
});
