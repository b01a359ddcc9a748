import { beforeAll, describe, expect, it } from 'vitest';
import { syntheticActivities, syntheticPeople } from '../../data/synthetic.js';
import { createRng } from '../../math/random.js';
import { type CanaryBound, canaryLowerBound, type CanaryScores, largestCanaryBound } from '../../privacy/audit.js';
import { epsilonOf } from '../../privacy/epsilon.js';
import { parseStudy } from '../../study/parse-study.js';
import { stagePlans } from '../../study/plans/stage-plans.js';
import { recordingsFor } from '../../study/plans/prepare-data.js';
import { COORDINATOR, type Study } from '../../study/study.js';
import { useBackend } from '../../testing/backends.js';
import { seededBytes } from '../../testing/random-bytes.js';
import { createParticipant } from '../../train/participant.js';
import type { Participant } from '../../train/task.js';
import { inMemoryFleet } from '../fleet/in-memory-fleet.js';
import { plannedReleases, type PrivacyLedger } from '../privacy-ledger.js';
import { prepareSimulation } from '../simulate-study.js';
import { auditStudy, canaryObstacle } from './audit-study.js';

const DELTA = 1e-5;
const settings = { delta: DELTA, confidence: 0.95 };

const recordings = syntheticPeople({ people: 5, secondsPerActivity: 8, rateHz: 20 }, createRng(1));
const names = [...new Set(recordings.map(({ subject }) => subject))];
const [tested, labelled] = names;

/** A network of 8,000 parameters, of which each canary pulls one. */
const CANARIES = 8000;

/** Two rounds on three clients; private where the stage is. */
function studyOf(stage: object = {}): Study {
  return parseStudy({
    name: 'audited',
    activities: syntheticActivities,
    sensors: { channels: ['x', 'y', 'z'], rateHz: 20, window: 40, step: 40 },
    model: { convolutions: [{ filters: 4, kernel: 5 }], headUnits: { activity: 730 } },
    people: { test: [tested], labelled: [labelled], clients: 'rest' },
    ...('privacy' in stage && { privacy: { unit: 'person', epsilon: 1e9, delta: DELTA, clients: 3 } }),
    stages: [{ name: 'student', where: 'clients', objective: 'supervised', rounds: 2, steps: 1, batch: 8, ...stage }],
  });
}

interface Noise {
  readonly noiseMultiplier: number;
  readonly sampling: number;
  readonly clip: number;
}

const honest: Noise = { clip: 1, noiseMultiplier: 2 * Math.SQRT2, sampling: 1 };
const sampled: Noise = { clip: 1, noiseMultiplier: 1, sampling: 0.1 };

interface Trials {
  readonly trials?: number;
  readonly ledgerOf?: (trial: number) => PrivacyLedger;
}

/** Draws from a seed; `everybody` draws zeros for the cohort, which are below every rate. */
function seededLedger(trial: number, cohorts: 'sampled' | 'everybody' = 'sampled'): PrivacyLedger {
  const zeros = (bytes: Uint8Array): void => {
    bytes.fill(0);
  };
  return {
    open: ({ round }) =>
      Promise.resolve({
        cohort: cohorts === 'everybody' ? zeros : seededBytes(`cohort ${trial} ${round}`),
        noise: seededBytes(`noise ${trial} ${round}`),
      }),
  };
}

async function scoresOf(study: Study, canaries: number, trial = 1, privacy?: PrivacyLedger): Promise<CanaryScores> {
  const resampled = recordings.flatMap((raw) => recordingsFor(study.sensors, raw));
  const people = new Map(names.map((name) => [name, resampled.filter(({ subject }) => subject === name)]));
  const { coordinator, clients } = prepareSimulation(study, people);
  const participantOf = (client: string, data: typeof coordinator): Participant =>
    createParticipant({ client, seed: study.seed, stages: stagePlans(study), data });
  const participants = [...clients].map(([name, data]) => [name, participantOf(name, data)] as const);
  const auditing = auditStudy(study, {
    fleet: inMemoryFleet(new Map(participants), { concurrency: 1 }),
    coordinator: participantOf(COORDINATOR, coordinator),
    privacy,
    results: {},
    canaries,
    rng: createRng('audit').fork(trial),
    signal: new AbortController().signal,
  });
  for (;;) {
    const next = await auditing.next();
    if (next.done === true) {
      return next.value;
    }
  }
}

async function boundOf(noise: Noise, { trials = 1, ledgerOf = seededLedger }: Trials = {}): Promise<CanaryBound> {
  const runs: CanaryScores[] = [];
  for (let trial = 1; trial <= trials; trial++) {
    runs.push(await scoresOf(studyOf({ privacy: noise }), CANARIES, trial, ledgerOf(trial)));
  }
  return canaryLowerBound(runs, settings);
}

function promised(noise: Noise): number {
  const releases = plannedReleases(studyOf({ privacy: noise }));
  return epsilonOf(releases.map(({ event }) => event), DELTA).epsilon; // prettier-ignore
}

beforeAll(() => useBackend('wasm'));

describe('an audit with canaries', () => {
  it.each([
    ['with everybody', honest],
    ['with a Poisson sample', sampled],
  ])('refutes nothing that the accountant promises, %s, and finds something', async (_, noise) => {
    const { epsilon } = await boundOf(noise);
    expect(epsilon).toBeLessThan(promised(noise));
    expect(epsilon).toBeGreaterThan(0.1); /* it is no attack that finds nothing anywhere */
  });

  it.each<[string, Noise, Noise, Trials?]>([
    ['half of the noise', { ...honest, noiseMultiplier: honest.noiseMultiplier / 2 }, honest, { trials: 3 }],
    ['no clipping', { ...honest, clip: 16, noiseMultiplier: honest.noiseMultiplier / 16 }, honest],
    ['a sample that everybody is in', sampled, sampled, { ledgerOf: (trial) => seededLedger(trial, 'everybody') }],
  ])('finds %s', async (_, fault, promise, trials) => {
    const { epsilon } = await boundOf(fault, trials);
    expect(epsilon).toBeGreaterThan(promised(promise));
  });

  it('tells every canary of a study without noise', async () => {
    const { epsilon } = canaryLowerBound([await scoresOf(studyOf(), 200)], settings);
    expect(epsilon).toBe(largestCanaryBound(200, settings));
    expect(epsilon).toBeGreaterThan(3);
  });

  it.each<[string, object]>([
    ['compresses', { compress: 'int8' }],
    ['corrects steps', { strategy: 'scaffold', optimizer: { kind: 'sgd', learningRate: 0.1 } }],
    ['keeps parts to itself', { personal: ['activity'] }],
    ['has a server optimizer', { strategy: 'fed-adam' }],
    ['has a buffer', { buffer: { size: 2, concurrency: 2 } }],
    ['asks a few of its clients', { cohort: { target: 1, overSelect: 1 } }],
    ['trains heads alone', { trainable: 'heads' }],
    ['is masked', { secureAggregation: {}, cohort: { minimum: 3, quorum: 3 } }],
  ])('tells the canaries of a stage that %s', async (_, stage) => {
    const { epsilon } = canaryLowerBound([await scoresOf(studyOf(stage), 40)], settings);
    expect(epsilon).toBeGreaterThan(1);
  });

  it('tells the canaries of a private stage of which only heads are released, and which hardly makes noise', async () => {
    const privacy = { clip: 1, noiseMultiplier: 1e-3, sampling: 1 };
    const scores = await scoresOf(studyOf({ privacy, trainable: 'heads', compress: 'fp16' }), 200, 1, seededLedger(1));
    expect(canaryLowerBound([scores], settings).epsilon).toBe(largestCanaryBound(200, settings));
  });

  it('has at most as many canaries as there are parameters to pull', async () => {
    // The convolution has 4 filters of 5 time steps on 3 channels, and 4 biases.
    const { scores, isIn } = await scoresOf(studyOf({ personal: ['activity'] }), 1000);
    expect([scores.length, isIn.length]).toEqual([64, 64]);
  });

  it('does not begin with a strategy that looks at single updates, with noise of clients, or without a stage on them', async () => {
    const median = studyOf({ strategy: 'median', cohort: { minimum: 3, quorum: 3 } });
    expect(canaryObstacle(median)).toBe(
      'stage "student" looks at single updates (median), among which canaries would outvote the people',
    );
    await expect(scoresOf(median, 10)).rejects.toThrow('expected stages that canaries can audit, found that stage');
    const local = studyOf({ privacy: { ...honest, noise: 'local' } });
    expect(canaryObstacle(local)).toMatch(/^the clients of stage "student" add the noise/);
    expect(canaryObstacle({ ...median, stages: [] })).toBe('no stage runs on clients');
    expect(canaryObstacle(studyOf())).toBeUndefined();
  });

  it('stops where a canary is not heard or its round does not count, instead of calling it unseen', async () => {
    // One number of an update would change by thirty times the clip norm, and more than 1,000 is no result of training.
    const privacy = { clip: 64, noiseMultiplier: 1, sampling: 1 };
    await expect(scoresOf(studyOf({ privacy }), CANARIES, 1, seededLedger(1))).rejects.toThrow(
      /expected the update of each canary that is asked .*, found Update of client " canary \d" refused/,
    );
    // The noise of a sum divided by 0.03 clients makes parameters above 10,000, which nobody can train on.
    const loud = { clip: 64, noiseMultiplier: 64, sampling: 0.01 };
    await expect(scoresOf(studyOf({ privacy: loud }), 10, 1, seededLedger(1))).rejects.toThrow(
      /in a round that counts, found a round that was aborted: the new model: expected numbers up to 10000/,
    );
  });
});
