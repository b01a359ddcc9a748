/**
 * What privacy costs a model: the recipe for few labelled people, with the coordinator's noise calibrated to an epsilon for
 * each person. The people are synthetic, as many as one likes, with a network for small devices; or those of a data folder
 * with the network of the study `motionsense-small`. Each seed has other labelled and tested people. With `--copies`, each
 * client of a folder stands for as many clients with the same recordings: what a study of that size would have, were its
 * people no more different from each other. Prints a line for each epsilon and for what is released: weighted F1 on the
 * tested people, the mean over the seeds, and the difference from the `control`, which takes as many further steps on the
 * labelled people and asks no clients at all. `none` is a study without a budget.
 *
 *   npx tsx -C @gaitway/source examples/06-privacy-and-utility.ts [--people 1000] [--epsilon none,8] [--seeds 1,2]
 *   npx tsx -C @gaitway/source examples/06-privacy-and-utility.ts --data DIR [--sampling 0.5] …
 */

import {
  createRng,
  type Evaluation,
  parseStudy,
  type PersonFigures,
  type RawRecording,
  type Rng,
  simulateStudy,
  type Study,
  syntheticActivities,
  syntheticPeople,
} from '@gaitway/core';
import { pairedDifference } from '@gaitway/core/metrics';
import { noiseToSignal, smallestNoise } from '@gaitway/core/privacy';
import { releasedSize } from '@gaitway/core/study';
import { loadBackend, readDataFolder } from '@gaitway/node';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '1000' },
    data: { type: 'string' },
    copies: { type: 'string', default: '1' }, // of each client of a folder, as clients of their own
    epsilon: { type: 'string', default: 'control,none,8,4,2,1' },
    released: { type: 'string', default: 'all,core' },
    rounds: { type: 'string', default: '8' },
    sampling: { type: 'string', default: '0.05' },
    clip: { type: 'string', default: '0.3' },
    steps: { type: 'string', default: '16' }, // of a client, in a round
    teacher: { type: 'string', default: '500' },
    seeds: { type: 'string', default: '1,2,3' },
  },
});
const rounds = Number(values.rounds);
const sampling = Number(values.sampling);
const clip = Number(values.clip);
const copies = Number(values.copies);
const seeds = values.seeds.split(',').map(Number);
const DELTA = 1e-5;

// 1. The people: three are labelled, five of a folder or a hundred synthetic ones are tested, the rest are clients.
interface Task {
  readonly recordings: readonly RawRecording[];
  readonly people: { readonly labelled: readonly string[]; readonly test: readonly string[]; readonly clients: 'rest' };
  readonly clients: number;
}

const ofFolder = {
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
};

const ofSynthetic = {
  activities: syntheticActivities,
  sensors: { rateHz: 25, window: 200, step: 100 },
  model: {
    convolutions: [
      { filters: 8, kernel: 24 },
      { filters: 16, kernel: 16 },
      { filters: 24, kernel: 8 },
    ],
    headUnits: { activity: 64, transformation: 16 },
  },
};

const settings = values.data === undefined ? ofSynthetic : ofFolder;
const TESTED = values.data === undefined ? 100 : 5;
const inFolder: RawRecording[] = [];
if (values.data !== undefined) {
  for await (const recording of readDataFolder(values.data, { layout: 'motionsense' })) {
    inFolder.push(recording);
  }
}

function shuffled(names: readonly string[], rng: Rng): readonly string[] {
  const keys = new Map(names.map((name) => [name, rng.uniform()]));
  return names.toSorted((a, b) => (keys.get(a) ?? 0) - (keys.get(b) ?? 0));
}

function taskOf(seed: number): Task {
  const rng = createRng(seed);
  const size = { people: Number(values.people) + 3 + TESTED, secondsPerActivity: 30, rateHz: 25 };
  const once = values.data === undefined ? syntheticPeople(size, rng) : inFolder;
  const all = [...new Set(once.map(({ subject }) => subject))];
  const names = values.data === undefined ? all : shuffled(all, rng);
  const people = { labelled: names.slice(0, 3), test: names.slice(3, 3 + TESTED), clients: 'rest' } as const;
  const clients = new Set(names.slice(3 + TESTED));
  const recordings = once.flatMap((recording) => (clients.has(recording.subject) ? copiesOf(recording) : [recording]));
  return { recordings, people, clients: clients.size * copies };
}

function copiesOf(recording: RawRecording): readonly RawRecording[] {
  const copy = (index: number): RawRecording => ({ ...recording, subject: `${recording.subject}-copy-${index}` });
  return [recording, ...Array.from({ length: copies - 1 }, (_, index) => copy(index + 1))];
}

// 2. The recipe for few labelled people. Without a budget it asks as many clients in a round as a private one expects to.
const augment = { stretch: 0.1, mirror: true, turn: 20, dynamics: 0.15, noise: 0.03 };
const after = { steps: 10, optimizer: { learningRate: 0.0001 }, augment };
const parts = {
  all: {},
  core: { trainable: ['conv1', 'conv2', 'conv3'] },
};

interface Cell {
  /** A number, `none` for a study without a budget, or `control` for one without clients. */
  readonly epsilon: string;
  readonly released: keyof typeof parts;
}

function studyWith(cell: Cell, task: Task, seed: number): Study {
  const { privacy, stage } = protectionOf(cell, task);
  return parseStudy({
    name: 'utility',
    seed,
    ...settings,
    people: task.people,
    sensors: {
      channels: ['x', 'y', 'z'],
      derived: ['magnitude', 'vertical', 'horizontal'],
      normalisation: 'axes',
      ...settings.sensors,
    },
    ...(privacy && { privacy }),
    evaluation: { everyRounds: rounds },
    stages: [
      { name: 'teacher', where: 'coordinator', objective: 'supervised', steps: Number(values.teacher), augment },
      cell.epsilon === 'control'
        ? { ...controlStage, steps: rounds * after.steps }
        : { ...studentStage, ...parts[cell.released], ...stage },
    ],
  });
}

const controlStage = { name: 'student', where: 'coordinator', objective: 'supervised', from: 'teacher', ...after };

const studentStage = {
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
  after,
};

/** The study's budget, and what the stage of the clients does to keep it. */
function protectionOf(cell: Cell, { clients }: Task): { readonly privacy?: object; readonly stage: object } {
  const epsilon = Number(cell.epsilon);
  if (Number.isNaN(epsilon)) {
    return { stage: { cohort: { target: Math.max(Math.round(sampling * clients), 1) } } };
  }
  const events = (noiseMultiplier: number) =>
    [{ kind: 'sampled-gaussian', rate: sampling, noiseMultiplier, count: rounds }] as const;
  const privacy = { unit: 'person', epsilon, delta: DELTA, clients };
  return { privacy, stage: { privacy: { clip, sampling, noiseMultiplier: smallestNoise(events, privacy) } } };
}

// 3. The figures of the teacher and of the last round's model, on the tested people of each seed.
interface Figures {
  readonly teacher: number;
  readonly final: number;
  readonly people: readonly PersonFigures[];
  readonly noise: readonly string[];
}

async function figuresOf(cell: Cell, seed: number): Promise<Figures> {
  const task = taskOf(seed);
  const study = studyWith(cell, task, seed);
  const evaluations = new Map<string, Evaluation>();
  for await (const { stage, evaluation } of simulateStudy(study, task.recordings)) {
    if (evaluation) {
      evaluations.set(stage, evaluation);
    }
  }
  const [teacher, final] = ['teacher', 'student'].map((stage) => evaluations.get(stage));
  // Synthetic people of another seed are other people.
  const people = final?.people?.map((person) => (values.data === undefined ? { ...person, name: `${seed}-${person.name}` } : person)); // prettier-ignore
  return {
    teacher: teacher?.weightedF1 ?? NaN,
    final: final?.weightedF1 ?? NaN,
    people: people ?? [],
    noise: noiseOf(study, task.clients),
  };
}

function noiseOf(study: Study, clients: number): readonly string[] {
  const stage = study.stages.find(({ name }) => name === 'student');
  if (stage?.where !== 'clients') {
    return ['-', '-', '-'];
  }
  const parameters = releasedSize(study, stage);
  const noiseMultiplier = stage.privacy?.noiseMultiplier ?? 0;
  const ratio = noiseToSignal({ parameters, noiseMultiplier, rate: sampling, population: clients });
  return [String(parameters), noiseMultiplier.toFixed(2), ratio.toFixed(2)];
}

function difference(figures: readonly Figures[], control: readonly Figures[]): string {
  const tests = figures.map(({ people }, index) => ({ method: people, against: control[index]?.people ?? [] }));
  const { value, interval } = pairedDifference({ tests, level: 0.95, resamples: 2000, rng: createRng(1) })?.difference ?? { value: null }; // prettier-ignore
  return `${(value ?? NaN).toFixed(3)}${interval ? ` [${interval.low.toFixed(3)}, ${interval.high.toFixed(3)}]` : ''}`;
}

const meanOf = (numbers: readonly number[]): string => (numbers.reduce((a, b) => a + b, 0) / numbers.length).toFixed(3);

await loadBackend();
const columns = ['epsilon', 'released', 'parameters', 'noise multiplier', 'noise to signal', 'teacher', 'final', 'less control', 'seconds']; // prettier-ignore
console.log(`| ${columns.join(' | ')} |`);
let control: readonly Figures[] | undefined;
for (const released of values.released.split(',') as Cell['released'][]) {
  for (const epsilon of values.epsilon.split(',')) {
    if (epsilon === 'control' && control) {
      continue;
    }
    const started = performance.now();
    const figures: Figures[] = [];
    for (const seed of seeds) {
      figures.push(await figuresOf({ epsilon, released }, seed));
    }
    control = epsilon === 'control' ? figures : control;
    const texts = [
      epsilon,
      released,
      ...(figures[0]?.noise ?? []),
      meanOf(figures.map(({ teacher }) => teacher)),
      meanOf(figures.map(({ final }) => final)),
      control ? difference(figures, control) : '-',
      ((performance.now() - started) / 1000).toFixed(0),
    ];
    console.log(`| ${texts.join(' | ')} |`);
  }
}
