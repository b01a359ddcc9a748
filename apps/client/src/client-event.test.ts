import { expect, it } from 'vitest';
import { type ClientEvent, clientEventText } from './client-event.js';

const place = { stage: 'student', round: 2 };

it.each<[ClientEvent, string | undefined]>([
  [{ kind: 'unreachable', attempt: 1, reason: 'no route' }, 'No coordinator there (no route); trying again.'],
  [
    { kind: 'unreachable', attempt: 1, reason: 'no\u001b[2K\r\nJoined. Waiting for tasks.\u202e\u2028' },
    'No coordinator there (no [2K Joined. Waiting for tasks. ); trying again.',
  ],
  [
    { kind: 'unproven', reason: 'a\u009b2Jb\u200b', afterSeconds: 5 },
    "This client's coordinator did not answer, but somebody else: a 2Jb ; trying again.",
  ],
  [{ kind: 'failed', reason: 'a\nb', ...place }, 'student round 2: failed: a b'],
  [{ kind: 'disconnected', reason: 'it broke' }, 'Disconnected: it broke; trying again.'],
  [{ kind: 'welcomed', study: 'gait' }, 'Welcomed to the study "gait".'],
  [{ kind: 'availability' }, 'Available for tasks.'],
  [{ kind: 'availability', unavailableReason: 'not idle' }, 'Not available for tasks: not idle.'],
  [{ kind: 'joined' }, 'Joined. Waiting for tasks.'],
  [{ kind: 'task', task: 'train', ...place }, undefined],
  [{ kind: 'asked-to-return', reason: 'a restart', afterSeconds: 5 }, 'Told to come back in 5 seconds: a restart.'],
  [{ kind: 'answered', reply: 'train', again: false, ...place }, 'student round 2: trained, and sent weights'],
  [
    { kind: 'answered', reply: 'train', again: true, ...place },
    'student round 2: trained, and sent weights (asked again)',
  ],
  [{ kind: 'answered', reply: 'abstain', again: false, ...place }, 'student round 2: nothing to train on'],
  [{ kind: 'answered', reply: 'evaluate', again: false, ...place }, 'student round 2: evaluated'],
  [{ kind: 'failed', reason: 'training diverged', ...place }, 'student round 2: failed: training diverged'],
  [
    { kind: 'memory-lost', lost: 'missing', ...place },
    'student round 2: what it kept from earlier rounds is not there; started over',
  ],
  [{ kind: 'cancelled', ...place }, 'student round 2: cancelled'],
])('%o is told as "%s"', (event, text) => {
  expect(clientEventText(event)).toBe(text);
});
