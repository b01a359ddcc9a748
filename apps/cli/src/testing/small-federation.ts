/**
 * A study whose coordinator trains very quickly, and clients in this process whose answers are computed, not learned.
 */

import { joinStudy, lowestFloors } from '@gaitway/client';
import { createRng, syntheticActivities, syntheticPeople, type Participant } from '@gaitway/core';
import { handMade } from '@gaitway/core/testing/hand-made';
import { transientIdentity, writeCsvFolder, type ClientIdentity } from '@gaitway/node';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from './temporary-folder.js';

export const names = ['ann', 'ben', 'cid'] as const;

const study = {
  name: 'small',
  activities: syntheticActivities,
  sensors: { channels: ['x', 'y', 'z'], rateHz: 20, window: 20, step: 20 },
  model: { convolutions: [{ filters: 2, kernel: 3 }], headUnits: { activity: 4 } },
  people: { test: ['person-01'], labelled: ['person-02'], clients: ['person-03', 'person-04', 'person-05'] },
  stages: [
    { name: 'teacher', where: 'coordinator', objective: 'supervised', steps: 2, batch: 8 },
    {
      name: 'student',
      where: 'clients',
      objective: 'supervised',
      from: 'teacher',
      rounds: 2,
      steps: 1,
      strategy: 'fed-avg-m',
      cohort: { minimum: 3, quorum: 3 },
    },
    { name: 'fine-tune', where: 'coordinator', objective: 'supervised', from: 'student', steps: 2, batch: 8 },
  ],
};

export interface Place {
  readonly folder: string;
  readonly study: string;
  readonly data: string;
}

/** @param student - Keys of the clients' stage to replace */
export async function writeStudy(student: object = {}, count: number = names.length): Promise<Place> {
  const folder = await temporaryFolder();
  const [teacher, onClients, fineTune] = study.stages;
  const clients = Array.from({ length: count }, (_, index) => `person-0${index + 3}`);
  const people = { ...study.people, clients };
  const stages = [teacher, { ...onClients, ...student }, fineTune] as typeof study.stages;
  const place = { folder, study: await writeVariant(folder, { stages, people }), data: join(folder, 'data') };
  await writeCsvFolder(
    place.data,
    syntheticPeople({ people: count + 2, secondsPerActivity: 2, rateHz: 20 }, createRng(1)),
  );
  return place;
}

/** Writes the study with some changes to `<name>.json`. */
export async function writeVariant(folder: string, changes: Partial<typeof study & { seed: number }>): Promise<string> {
  const written = { ...study, ...changes };
  const path = join(folder, `${written.name}.json`);
  await writeFile(path, JSON.stringify(written));
  return path;
}

/** Makes clients hold back their answers, so that a test knows what a coordinator has and has not received. */
export interface Gate {
  /** Resolves when the client has the task. */
  readonly reached: Promise<void>;
  readonly reach: () => void;
  readonly opened: Promise<void>;
  readonly open: () => void;
}

export function gate(): Gate {
  let reach = (): void => undefined;
  let open = (): void => undefined;
  const reached = new Promise<void>((resolve) => (reach = resolve));
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { reached, reach: () => { reach(); }, opened, open: () => { open(); } }; // prettier-ignore
}

/** A client whose answers depend on its name, its task and the parameters in it. */
function learner(client: string, gates: ReadonlyMap<string, Gate>): Participant {
  return handMade(async ({ stage, round, parameters }) => {
    const held = gates.get(`${client} ${round}`);
    held?.reach();
    await held?.opened;
    const rng = createRng(client).fork(stage, round);
    const examples = 1 + rng.integer(50);
    const delta = parameters.map((value) => 0.01 * (rng.uniform() - value));
    return { kind: 'train', stage, round, delta, examples, summary: { windows: examples, loss: rng.uniform() } };
  });
}

interface Client {
  leave(): void;
  readonly ending: Promise<string>;
}

/** What a client proves with, by its name: the same whenever it comes again, wherever its coordinator listens then. */
const identities = new Map<string, ClientIdentity>();

interface Joining {
  readonly gates?: ReadonlyMap<string, Gate>;
  /** Called with the kind of each answer once it has been sent. */
  readonly onAnswer?: ((kind: string) => void) | undefined;
  /** The certificate of the authority to trust, as PEM. */
  readonly ca?: string | undefined;
}

export function joinAs(url: string, client: string, { gates = new Map(), ...others }: Joining = {}): Client {
  return joinWith(url, client, learner(client, gates), others);
}

export function joinWith(
  url: string,
  client: string,
  participant: Participant,
  { ca, onAnswer }: Omit<Joining, 'gates'> = {},
): Client {
  const identity = identities.get(client) ?? transientIdentity();
  identities.set(client, identity);
  const stop = new AbortController();
  const ending = joinStudy({
    url,
    ...(ca !== undefined && { ca }),
    client,
    identity,
    policy: lowestFloors,
    prepare: () => Promise.resolve({ participant, [Symbol.asyncDispose]: () => Promise.resolve() }),
    signal: stop.signal,
    onEvent: (event) => {
      if (event.kind === 'answered') {
        onAnswer?.(event.reply);
      }
    },
  });
  ending.catch(() => undefined); // How a client that leaves has ended does not matter.
  const leave = (): void => {
    stop.abort(new Error('it leaves'));
  };
  onTestFinished(leave);
  return { ending, leave };
}

/** Resolves once the coordinator has accepted this number of answers. */
export async function accepted(url: string, answers: number): Promise<void> {
  const wanted = `gaitway_answers_total{outcome="accepted"} ${answers}\n`;
  let metrics = '';
  while (!metrics.includes(wanted)) {
    metrics = await (await fetch(`${url}/metrics`)).text();
  }
}

/** The parts of a result that must be the same, however often the coordinator was killed. */
export async function bitsOf(run: string): Promise<unknown> {
  const { stages } = JSON.parse(await readFile(join(run, 'result.json'), 'utf8')) as {
    readonly stages: readonly object[];
  };
  const lines = (await readFile(join(run, 'rounds.jsonl'), 'utf8')).trimEnd().split('\n');
  return {
    stages: stages.map((stage) => ({ ...stage, seconds: 0 })),
    rounds: lines.map((line) => ({ ...(JSON.parse(line) as object), seconds: 0, phases: undefined })),
  };
}
