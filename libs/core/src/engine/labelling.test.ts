import { beforeAll, describe, expect, it } from 'vitest';
import { createRng } from '../math/random.js';
import { parseStudy } from '../study/parse-study.js';
import { stagePlans } from '../study/plans/stage-plans.js';
import { COORDINATOR, type Study } from '../study/study.js';
import { useBackend } from '../testing/backends.js';
import { threeKinds } from '../testing/windows.js';
import { classPriorOf } from '../train/labelling/class-prior.js';
import type { LocalData } from '../train/local-data.js';
import { createParticipant } from '../train/participant.js';
import type { Participant } from '../train/task.js';
import { inMemoryFleet } from './fleet/in-memory-fleet.js';
import type { RoundReport } from './round-report.js';
import { runStudy } from './run-study.js';

const home: LocalData = {
  labelled: threeKinds(18, createRng('labelled'), 'labelled'),
  test: threeKinds(90, createRng('test'), 'labelled'),
};
const names = ['ann', 'ben', 'cid'];

const training = { batch: 16, optimizer: { learningRate: 0.01 } };
const teacher = { name: 'teacher', where: 'coordinator', objective: 'supervised', steps: 25, ...training };
const student = {
  name: 'student',
  where: 'clients',
  objective: 'self-har',
  from: 'teacher',
  teacher: 'newest',
  transformations: ['noise', 'negate'],
  rounds: 3,
  steps: 8,
  ...training,
};

function studyOf(changes: object): Study {
  return parseStudy({
    name: 'labelling',
    activities: ['slow', 'fast', 'none'],
    sensors: { channels: ['x', 'y'], rateHz: 1, window: 24, step: 24, normalisation: 'site' },
    model: {
      convolutions: [
        { filters: 6, kernel: 5 },
        { filters: 8, kernel: 4 },
      ],
      headUnits: { activity: 8, transformation: 4 },
    },
    people: { test: ['t'], labelled: ['l'], clients: names },
    stages: [teacher, { ...student, ...changes }],
  });
}

/** A study with participants that really label and train. */
async function reportsOf(study: Study): Promise<readonly RoundReport[]> {
  const participant = (client: string, data: LocalData): Participant =>
    createParticipant({ client, seed: study.seed, stages: stagePlans(study), data });
  const clients = new Map(
    names.map((name) => [name, participant(name, { unlabelled: threeKinds(30, createRng(name), 'unlabelled') })]),
  );
  const reports: RoundReport[] = [];
  for await (const report of runStudy(study, {
    fleet: inMemoryFleet(clients),
    coordinator: participant(COORDINATOR, home),
    classPrior: classPriorOf(home.labelled),
    signal: new AbortController().signal,
  })) {
    reports.push(report);
  }
  return reports;
}

const ways: readonly (readonly [string, object])[] = [
  ['by the newest model, in turns with the coordinator', { examples: 'all', after: { steps: 5, ...training } }],
  ['by the average of the newest models', { teacher: { average: 'newest', decay: 0.8 } }],
  ['by adaptive thresholds', { selection: { kind: 'adaptive', floor: 0.4 } }],
  ['softly, aligned with the class prior', { selection: { kind: 'soft-match' }, labels: { alignment: 'class-prior' } }],
  [
    'for consistency',
    { objective: 'consistency', selection: { kind: 'fixed', threshold: 0.6 }, labels: { form: 'hard' } },
  ],
];

describe('clients that label their own windows', () => {
  beforeAll(() => useBackend('wasm'));

  it.each(ways)('%s, learn in every round, the same bits in every run', async (_, changes) => {
    const study = studyOf(changes);
    const reports = await reportsOf(study);
    expect(reports.map(({ phase }) => phase)).toEqual(Array(4).fill('completed'));
    for (const { clients } of reports.slice(1)) {
      expect(clients.map(({ outcome }) => outcome)).toEqual(['answered', 'answered', 'answered']);
    }
    const last = reports.at(-1)!;
    expect(last.evaluation!.accuracy).toBeGreaterThan(0.5); // a third by guessing
    expect(last.parameters.every(Number.isFinite)).toBe(true);
    expect((await reportsOf(study)).at(-1)!.parameters).toEqual(last.parameters);
  });

  it('take turns with a coordinator whose training reaches the next round', async () => {
    const [, alone] = await reportsOf(studyOf({ rounds: 1, examples: 'all' }));
    const [, inTurns] = await reportsOf(studyOf({ rounds: 1, examples: 'all', after: { steps: 5, ...training } }));
    expect(inTurns!.clients).toEqual(alone!.clients);
    expect(inTurns!.after).toMatchObject({ client: COORDINATOR, examples: 18, summary: { windows: 18 } });
    expect(inTurns!.parameters).not.toEqual(alone!.parameters);
  });
});
