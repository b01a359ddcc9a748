/**
 * What privacy costs a model: the recipe for few labelled people, with the coordinator's noise calibrated to an epsilon for
 * each person. The people are synthetic, as many as one likes, with a network for small devices; or those of a data folder
 * with the network of the study `motionsense-small`. Prints a line for each epsilon and for what is released.
 *
 *   npx tsx -C @gaitway/source examples/06-privacy-and-utility.ts [--people 1000] [--epsilon none,8] [--seed 1]
 *   npx tsx -C @gaitway/source examples/06-privacy-and-utility.ts --data DIR [--sampling 0.5] …
 */

import {
  createRng,
  parseStudy,
  type RawRecording,
  simulateStudy,
  type Study,
  syntheticActivities,
  syntheticPeople,
} from '@gaitway/core';
import { noiseToSignal, smallestNoise } from '@gaitway/core/privacy';
import { releasedSize } from '@gaitway/core/study';
import { loadBackend, readDataFolder } from '@gaitway/node';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '1000' },
    data: { type: 'string' },
    epsilon: { type: 'string', default: 'none,8,4,2,1' },
    released: { type: 'string', default: 'all,core' },
    rounds: { type: 'string', default: '6' },
    sampling: { type: 'string', default: '0.1' },
    clip: { type: 'string', default: '0.3' },
    steps: { type: 'string', default: '16' }, // of a client, in a round
    teacher: { type: 'string', default: '500' },
    seed: { type: 'string', default: '1' },
  },
});
const rounds = Number(values.rounds);
const sampling = Number(values.sampling);
const clip = Number(values.clip);
const seed = Number(values.seed);
const DELTA = 1e-5;

// 1. The people and their roles: three are labelled, and as many tested as the folder's study has, or ten.
interface Task {
  readonly recordings: readonly RawRecording[];
  /** The part of a study file that says what is recognised, in whom, and by which network. */
  readonly written: object;
}

async function folderTask(folder: string): Promise<Task> {
  const recordings: RawRecording[] = [];
  for await (const recording of readDataFolder(folder, { layout: 'motionsense' })) {
    recordings.push(recording);
  }
  const written = {
    activities: ['downstairs', 'upstairs', 'sitting', 'standing', 'walking', 'jogging'],
    sensors: { rateHz: 25, window: 200, step: 100 },
    model: {
      convolutions: [
        { filters: 16, kernel: 24 },
        { filters: 32, kernel: 16 },
        { filters: 48, kernel: 8 },
      ],
      headUnits: { activity: 256, transformation: 64 },
    },
    people: { test: [1, 6, 14, 19, 23], labelled: [2, 3, 4], clients: 'rest' },
  };
  return { recordings, written };
}

function syntheticTask(clients: number): Task {
  const people = { people: clients + 13, secondsPerActivity: 20, rateHz: 20 };
  const recordings = syntheticPeople(people, createRng(seed));
  const names = [...new Set(recordings.map(({ subject }) => subject))];
  const written = {
    activities: syntheticActivities,
    sensors: { rateHz: 20, window: 64, step: 32 },
    model: {
      convolutions: [
        { filters: 16, kernel: 12 },
        { filters: 24, kernel: 8 },
        { filters: 32, kernel: 4 },
      ],
      headUnits: { activity: 32, transformation: 8 },
    },
    people: { labelled: names.slice(0, 3), test: names.slice(3, 13), clients: 'rest' },
  };
  return { recordings, written };
}

const { recordings, written } = values.data === undefined ? syntheticTask(Number(values.people)) : await folderTask(values.data); // prettier-ignore
const clients = new Set(recordings.map(({ subject }) => subject)).size - (values.data === undefined ? 13 : 8);

// 2. The recipe for few labelled people. Without a budget it asks as many clients in a round as a private one expects to.
const augment = { stretch: 0.1, mirror: true, turn: 20, dynamics: 0.15, noise: 0.03 };
const parts = {
  all: {},
  core: { trainable: ['conv1', 'conv2', 'conv3'] },
};

function studyWith(epsilon: number | undefined, released: keyof typeof parts): Study {
  const events = (noiseMultiplier: number) =>
    [{ kind: 'sampled-gaussian', rate: sampling, noiseMultiplier, count: rounds }] as const;
  const budget = epsilon === undefined ? undefined : { unit: 'person', epsilon, delta: DELTA, clients };
  const protection = budget
    ? { privacy: { clip, sampling, noiseMultiplier: smallestNoise(events, budget) } }
    : { cohort: { target: Math.max(Math.round(sampling * clients), 1) } };
  return parseStudy({
    name: 'utility',
    seed,
    ...written,
    sensors: {
      channels: ['x', 'y', 'z'],
      derived: ['magnitude', 'vertical', 'horizontal'],
      normalisation: 'axes',
      ...(written as { sensors: object }).sensors,
    },
    ...(budget && { privacy: budget }),
    stages: [
      { name: 'teacher', where: 'coordinator', objective: 'supervised', steps: Number(values.teacher), augment },
      {
        name: 'student',
        where: 'clients',
        objective: 'self-har',
        from: 'teacher',
        teacher: { average: 'newest', decay: 0.8 },
        labels: { alignment: 'class-prior', smoothing: { stay: 0.95, weight: 0.2 } },
        examples: 'all',
        rounds,
        steps: Number(values.steps),
        augment,
        after: { steps: 10, optimizer: { learningRate: 0.0001 }, augment },
        ...parts[released],
        ...protection,
      },
    ],
  });
}

// 3. The weighted F1 of the teacher and of the last round's model, on the test people.
await loadBackend();
const columns = [
  'clients',
  'epsilon',
  'released',
  'parameters',
  'noise multiplier',
  'noise to signal',
  'teacher',
  'final',
  'seconds',
];
console.log(`| ${columns.join(' | ')} |`);
for (const released of values.released.split(',') as (keyof typeof parts)[]) {
  for (const epsilon of values.epsilon.split(',')) {
    const study = studyWith(epsilon === 'none' ? undefined : Number(epsilon), released);
    const started = performance.now();
    const figures: Record<string, number> = {};
    for await (const { stage, evaluation } of simulateStudy(study, recordings)) {
      figures[stage] = evaluation?.weightedF1 ?? figures[stage] ?? NaN;
    }
    const noise = noiseOf(study);
    const seconds = (performance.now() - started) / 1000;
    const texts = [
      clients,
      epsilon,
      released,
      ...noise,
      ...['teacher', 'student'].map((stage) => figures[stage]?.toFixed(3)),
      seconds.toFixed(0),
    ];
    console.log(`| ${texts.join(' | ')} |`);
  }
}

function noiseOf(study: Study): readonly string[] {
  const stage = study.stages.find(({ name }) => name === 'student');
  if (stage?.where !== 'clients') {
    throw new Error('Expected a stage on clients');
  }
  const parameters = releasedSize(study, stage);
  const noiseMultiplier = stage.privacy?.noiseMultiplier ?? 0;
  const ratio = noiseToSignal({ parameters, noiseMultiplier, rate: sampling, population: clients });
  return [String(parameters), noiseMultiplier.toFixed(2), ratio.toFixed(2)];
}
