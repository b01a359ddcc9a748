import { joinStudy } from '@gaitway/client';
import { createRng, syntheticActivities, syntheticPeople, type Participant } from '@gaitway/core';
import { handMade } from '@gaitway/core/testing/hand-made';
import { writeCsvFolder } from '@gaitway/node';
import { execFileSync } from 'node:child_process';
import { existsSync, renameSync, rmSync, statSync, truncateSync } from 'node:fs';
import { readFile, watch, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { gaitway, startGaitway, type GaitwayProcess } from './testing/gaitway-process.js';
import { temporaryFolder } from './testing/temporary-folder.js';

const names = ['ann', 'ben', 'cid'] as const;

type Name = (typeof names)[number];

/** The coordinator trains in no time; the clients are in this process, and learn as they are told. */
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

interface Place {
  readonly folder: string;
  readonly study: string;
  readonly data: string;
}

async function writeStudy(): Promise<Place> {
  const folder = await temporaryFolder();
  const place = { folder, study: join(folder, 'study.json'), data: join(folder, 'data') };
  await writeFile(place.study, JSON.stringify(study));
  await writeCsvFolder(place.data, syntheticPeople({ people: 5, secondsPerActivity: 2, rateHz: 20 }, createRng(1)));
  return place;
}

/** Makes clients wait with their answers, so that a test knows what a coordinator has and what it has not. */
interface Gate {
  /** The client has the task. */
  readonly reached: Promise<void>;
  readonly reach: () => void;
  readonly opened: Promise<void>;
  readonly open: () => void;
}

function gate(): Gate {
  let reach = (): void => undefined;
  let open = (): void => undefined;
  const reached = new Promise<void>((resolve) => (reach = resolve));
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { reached, reach: () => { reach(); }, opened, open: () => { open(); } }; // prettier-ignore
}

/** Its answers depend on its name, its task and the parameters in it. */
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

function joinAs(url: string, client: Name, gates: ReadonlyMap<string, Gate> = new Map()): Client {
  const stop = new AbortController();
  const ending = joinStudy({
    url,
    client,
    prepare: () =>
      Promise.resolve({ participant: learner(client, gates), [Symbol.asyncDispose]: () => Promise.resolve() }),
    signal: stop.signal,
    onEvent: () => undefined,
  });
  ending.catch(() => undefined); // One that leaves is not asked how it ended.
  const leave = (): void => {
    stop.abort(new Error('it leaves'));
  };
  onTestFinished(leave);
  return { ending, leave };
}

/** Resolves once the coordinator has taken so many answers in. */
async function accepted(url: string, answers: number): Promise<void> {
  const wanted = `gaitway_answers_total{outcome="accepted"} ${answers}\n`;
  let metrics = '';
  while (!metrics.includes(wanted)) {
    metrics = await (await fetch(`${url}/metrics`)).text();
  }
}

/** A run with its coordinator, which can be killed and started again at the same address. */
interface Federation {
  readonly run: string;
  readonly url: string;
  readonly coordinator: GaitwayProcess;
  /** SIGKILL; resolves when the process is gone. */
  readonly kill: () => Promise<void>;
  readonly startAgain: () => Promise<GaitwayProcess>;
}

async function federate({ folder, study: file, data }: Place): Promise<Federation> {
  const run = join(folder, 'run');
  const start = (port: string): GaitwayProcess =>
    startGaitway('coordinator', file, '--data', data, '--run', run, '--backend', 'cpu', '--port', port);
  const coordinator = start('0');
  const [, url = ''] = await coordinator.says(/is open at (\S+)/);
  return {
    run,
    url,
    coordinator,
    kill: async () => {
      coordinator.kill();
      expect((await coordinator.ended).code).toBeNull();
    },
    startAgain: async () => {
      const again = start(new URL(url).port);
      await again.says(/^Going on with the run in /m);
      return again;
    },
  };
}

/** What must be the same, however often the coordinator was killed. */
async function bitsOf(run: string): Promise<unknown> {
  const { stages } = JSON.parse(await readFile(join(run, 'result.json'), 'utf8')) as {
    readonly stages: readonly object[];
  };
  const lines = (await readFile(join(run, 'rounds.jsonl'), 'utf8')).trimEnd().split('\n');
  return {
    stages: stages.map((stage) => ({ ...stage, seconds: 0 })),
    rounds: lines.map((line) => ({ ...(JSON.parse(line) as object), seconds: 0 })),
  };
}

let known: Promise<unknown> | undefined;

/** The bits of the run that nobody disturbs. */
function undisturbed(): Promise<unknown> {
  known ??= writeStudy().then(async (place) => {
    const { run, url, coordinator } = await federate(place);
    names.forEach((name) => joinAs(url, name));
    expect(await coordinator.ended).toMatchObject({ code: 0 });
    return bitsOf(run);
  });
  return known;
}

/** Waits until a name is in a folder. */
async function appears(folder: string, name: RegExp): Promise<void> {
  const stop = new AbortController();
  const changes = watch(folder, { signal: stop.signal });
  try {
    for await (const { filename } of changes) {
      if (name.test(filename ?? '')) {
        return;
      }
    }
  } finally {
    stop.abort();
  }
}

/** A process that opens this path to write waits there for ever. */
function block(path: string): () => void {
  renameSync(path, `${path}.kept`);
  execFileSync('mkfifo', [path]);
  return () => {
    rmSync(path);
    renameSync(`${path}.kept`, path);
  };
}

async function expectSameBits(again: GaitwayProcess, run: string): Promise<void> {
  expect(await again.ended).toMatchObject({ code: 0 });
  expect(await bitsOf(run)).toEqual(await undisturbed());
  expect(existsSync(join(run, 'state'))).toBe(false);
}

describe.skipIf(process.platform === 'win32')('a coordinator that is killed and started again', () => {
  it('ends with the same bits when it was killed before it sent the tasks of a round', async () => {
    const gates = new Map([['ben 1', gate()]]);
    const { run, url, coordinator, kill, startAgain } = await federate(await writeStudy());
    const [ann, ben, cid] = names.map((name) => joinAs(url, name, gates));
    await accepted(url, 2);
    ann!.leave();
    await coordinator.says(/^- ann left/m);
    gates.get('ben 1')!.open();
    // Round 2 needs three clients, so it waits for ann.
    await coordinator.says(/^student 1\/2: /m);
    await kill();
    const again = await startAgain();
    const back = joinAs(url, 'ann');
    await expectSameBits(again, run);
    expect(await Promise.all([back, ben!, cid!].map(({ ending }) => ending))).toEqual(Array(3).fill('finished'));
  }, 300_000);

  it('ends with the same bits when it was killed with half of the answers in', async () => {
    const gates = new Map(['ben 2', 'cid 2'].map((name) => [name, gate()]));
    const { run, url, kill, startAgain } = await federate(await writeStudy());
    names.forEach((name) => joinAs(url, name, gates));
    await Promise.all([...gates.values()].map(({ reached }) => reached));
    await accepted(url, 4);
    await kill();
    gates.forEach(({ open }) => {
      open();
    });
    await expectSameBits(await startAgain(), run);
  }, 300_000);

  it('ends with the same bits when it was killed with all answers in and nothing saved', async () => {
    const gates = new Map([['cid 2', gate()]]);
    const { run, url, kill, startAgain } = await federate(await writeStudy());
    names.forEach((name) => joinAs(url, name, gates));
    await gates.get('cid 2')!.reached;
    const unblock = block(join(run, 'rounds.jsonl'));
    gates.get('cid 2')!.open();
    await accepted(url, 6);
    await kill();
    unblock();
    await expectSameBits(await startAgain(), run);
  }, 300_000);

  it('ends with the same bits when it was killed while it saved a round', async () => {
    const gates = new Map([['cid 2', gate()]]);
    const { run, url, kill, startAgain } = await federate(await writeStudy());
    names.forEach((name) => joinAs(url, name, gates));
    await gates.get('cid 2')!.reached;
    const saving = appears(join(run, 'state'), /^3\.state/);
    gates.get('cid 2')!.open();
    await saving;
    await kill();
    await expectSameBits(await startAgain(), run);
  }, 300_000);

  it('ends with the same bits when half of the state that it was saving is on the disk', async () => {
    const gates = new Map([['cid 2', gate()]]);
    const { run, url, kill, startAgain } = await federate(await writeStudy());
    names.forEach((name) => joinAs(url, name, gates));
    await gates.get('cid 2')!.reached;
    const saved = appears(join(run, 'state'), /^3\.state$/);
    const unblock = block(join(run, 'events.log'));
    gates.get('cid 2')!.open();
    await saved;
    await kill();
    unblock();
    const state = join(run, 'state', '3.state');
    truncateSync(state, Math.floor(statSync(state).size / 2));
    await expectSameBits(await startAgain(), run);
    expect(await readFile(join(run, 'events.log'), 'utf8')).toContain('"event":"state-damaged"');
  }, 300_000);

  it('ends with the same bits when it was killed once a round was saved, before it said so', async () => {
    const gates = new Map([['cid 2', gate()]]);
    const { run, url, kill, startAgain } = await federate(await writeStudy());
    names.forEach((name) => joinAs(url, name, gates));
    await gates.get('cid 2')!.reached;
    const unblock = block(join(run, 'events.log'));
    const saved = appears(join(run, 'state'), /^3\.state$/);
    gates.get('cid 2')!.open();
    await saved;
    await kill();
    unblock();
    await expectSameBits(await startAgain(), run);
  }, 300_000);

  it('keeps others out of the run while it lives', async () => {
    const place = await writeStudy();
    const { run } = await federate(place);
    const second = await gaitway('coordinator', place.study, '--data', place.data, '--run', run, '--port', '0');
    expect(second.code).toBe(2);
    expect(second.stderr).toContain(`${run}: expected a folder in which no other process works, found process`);
  }, 120_000);
});
