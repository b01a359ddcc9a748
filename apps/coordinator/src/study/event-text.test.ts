import { expect, it } from 'vitest';
import type { CoordinatorEvent } from '../connections/coordinator-event.js';
import { eventText } from './event-text.js';

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
  [{ kind: 'refused', client: '10.0.0.7', reason: 'joined twice' }, '! 10.0.0.7 was refused: joined twice'],
])('%o is told as "%s"', (event, text) => {
  expect(eventText(event)).toBe(text);
});
