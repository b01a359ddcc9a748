import { expect, it } from 'vitest';
import { runEventText, type EventFields } from './event-text.js';

it.each<[EventFields, string]>([
  [
    { event: 'run-started', study: 'walks', digest: 'ab', backend: 'wasm', gaitway: '0.1.0', command: 'simulate' },
    'study "walks" began with gaitway simulate: backend wasm, Gaitway 0.1.0',
  ],
  [
    { event: 'run-started', study: 'walks', digest: 'ab', backend: 'cpu', gaitway: '0.1.0' },
    'study "walks" began: backend cpu, Gaitway 0.1.0',
  ],
  [{ event: 'run-resumed', rounds: 0 }, 'the run is resumed after 0 finished rounds'],
  [
    { event: 'run-resumed', rounds: 4, stage: 'student', round: 3 },
    'the run is resumed after 4 finished rounds, the last: student 3',
  ],
  [
    {
      event: 'round-completed',
      ...{ stage: 'student', round: 3, rounds: 20, seconds: 12.5 },
      ...{ answered: 16, abstained: 0, failed: 1, late: 0, surplus: 2 },
    },
    'student 3/20: 16 answered, 1 failed, 2 not needed (12.5 s)',
  ],
  [
    {
      event: 'round-aborted',
      ...{ stage: 'student', round: 3, rounds: 20, seconds: 1, reason: 'too few answered' },
      ...{ answered: 1, abstained: 0, failed: 0, late: 3, surplus: 0 },
    },
    'student 3/20 skipped: too few answered (1 answered, 3 late, 1 s)',
  ],
  [{ event: 'clients-missing', present: 0, missing: 2 }, '… waiting for more clients: 2 missing, 0 here'],
  [{ event: 'client-joined', client: 'ann', windows: 0 }, '+ ann joined with 0 windows'],
  [
    { event: 'memory-lost', task: 'student/3/ann', stage: 'student', round: 3, client: 'ann', reason: 'damaged' },
    '! ann started over in student 3: its memory is damaged',
  ],
  [{ event: 'client-left', client: 'ann' }, '- ann left: ?'],
  [{ event: 'budget-spent', epsilon: 8, of: 'ann' }, 'budget-spent epsilon=8 of="ann"'],
])('%o is told as "%s"', (event, text) => {
  expect(runEventText(event)).toBe(text);
});
