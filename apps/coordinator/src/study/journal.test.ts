import type { RunEvent } from '@gaitway/node';
import { expect, it } from 'vitest';
import type { CoordinatorEvent } from '../connections/coordinator-event.js';
import { createJournal, eventText, loggedEvent } from './journal.js';

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
    { kind: 'declined', client: 'ann', reason: 'floors.cohort: expected 3' },
    { event: 'client-declined', client: 'ann', reason: 'floors.cohort: expected 3' },
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

it.each<[CoordinatorEvent, string]>([
  [{ kind: 'joined', client: 'ward-3', windows: 36 }, '+ ward-3 joined with 36 windows'],
  [{ kind: 'joined', client: 'ward-3' }, '+ ward-3 joined'],
  [{ kind: 'waiting', present: [], missing: 1 }, '… waiting for 1 more client: nobody is here'],
  [{ kind: 'waiting', present: ['ann', 'ben'], missing: 2 }, '… waiting for 2 more clients: 2 here (ann, ben)'],
  [
    { kind: 'waiting', present: ['a', 'b', 'c', 'd', 'e', 'f', 'g'], missing: 2 },
    '… waiting for 2 more clients: 7 here (a, b, c, d, e, 2 more)',
  ],
  [{ kind: 'asked-again', client: 'ann', stage: 'student', round: 3 }, '+ ann is asked again: student round 3'],
  [{ kind: 'available', client: 'ann' }, '+ ann is available'],
  [{ kind: 'unavailable', client: 'ann', reason: 'not charging' }, '- ann is not available: not charging'],
  [{ kind: 'ignored', client: 'ann', id: 7, reason: 'late' }, '! ann sent an answer that changes nothing: it is late'],
  [{ kind: 'left', client: 'ward-3', reason: 'it left' }, '- ward-3 left: it left'],
  [{ kind: 'declined', client: 'ann', reason: 'floors' }, '- ann does not take part: floors'],
  [{ kind: 'refused', client: '10.0.0.7', reason: 'joined twice' }, '! 10.0.0.7 was refused: joined twice'],
])('%o is told as "%s"', (event, text) => {
  expect(eventText(event)).toBe(text);
});
