import type { RoundReport } from '@gaitway/core';
import { describe, expect, it } from 'vitest';
import { evaluationOf } from '../../testing/sample-evaluation.js';
import { type EventFields, roundText, runEventText } from './event-text.js';

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

const summary = { windows: 10, loss: 0.5 };
const clients = [
  { client: 'ann', outcome: 'answered', examples: 10, summary },
  { client: 'ben', outcome: 'abstained', reason: 'it has no windows', windows: 0 },
  { client: 'cid', outcome: 'failed', reason: 'it left' },
  { client: 'dot', outcome: 'answered', examples: 10, summary },
] as const;
const report: RoundReport = {
  stage: 'student',
  where: 'clients',
  round: 3,
  rounds: 20,
  phase: 'completed',
  parameters: new Float32Array(),
  checkpoint: {
    results: {},
    stage: 'student',
    round: 3,
    carried: { server: { parameters: new Float32Array(), optimizer: null }, labelling: undefined },
    abortedBecause: [],
  },
  clients,
};
/** Both classes with an F1 of 3/4. */
const evaluation = evaluationOf(
  [
    [3, 1],
    [1, 3],
  ],
  ['sitting', 'walking'],
);

describe('a round on the terminal', () => {
  it('counts what came of each client, and names those that failed', () => {
    expect(roundText({ ...report, evaluation })).toBe(
      'student 3/20: 2 answered, 1 abstained, 1 failed, weighted F1 0.750\n  cid failed: it left',
    );
  });

  it('names those that were late, and only counts those that were not needed', () => {
    const dismissed = [
      clients[0],
      { client: 'eve', outcome: 'late', reason: 'no answer within 30 s' },
      { client: 'fay', outcome: 'surplus', reason: '1 answered before it' },
    ] as const;
    expect(roundText({ ...report, clients: dismissed })).toBe(
      'student 3/20: 1 answered, 1 late, 1 not needed\n  eve late: no answer within 30 s',
    );
  });

  it('says how old the models of updates were, where they were in a buffer', () => {
    const stale = [
      { ...clients[0], staleness: 3 },
      { ...clients[3], staleness: 0 },
    ];
    expect(roundText({ ...report, clients: stale })).toBe('student 3/20: 2 answered, staleness 1.5, at most 3');
  });

  it('says that the coordinator trained on top', () => {
    const after = { client: 'coordinator', outcome: 'answered', examples: 60, summary } as const;
    expect(roundText({ ...report, clients: [clients[0]], after, evaluation })).toBe(
      'student 3/20: 1 answered, coordinator trained, weighted F1 0.750',
    );
  });

  it('names those that have lost their memory', () => {
    const lost = { ...clients[0], summary: { ...summary, lost: 'missing' } } as const;
    expect(roundText({ ...report, clients: [lost, clients[3]] })).toBe(
      'student 3/20: 2 answered\n  ann started over: its memory is missing',
    );
  });

  it('says why it was skipped', () => {
    const aborted = { ...report, phase: 'aborted', reason: 'nobody was there to be asked', clients: [] } as const;
    expect(roundText(aborted)).toBe('student 3/20: done\n  skipped: nobody was there to be asked');
  });

  it('has no number where it is the only one, and counts nobody on the coordinator', () => {
    const alone = {
      ...report,
      stage: 'teacher',
      where: 'coordinator',
      round: 1,
      rounds: 1,
      clients: [clients[0]],
    } as const;
    expect(roundText(alone)).toBe('teacher: done');
    expect(roundText({ ...alone, evaluation })).toBe('teacher: weighted F1 0.750');
  });
});
