import { createRng, InvalidInput, parseStudy, syntheticActivities, syntheticPeople, type Study } from '@gaitway/core';
import { createReporter, Interrupted, writeCsvFolder, type Run } from '@gaitway/node';
import { access, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, it, onTestFinished } from 'vitest';
import { coordinateStudy } from './coordinate-study.js';
import { connectBare, joinBare, type BareClient } from '../testing/bare-client.js';

/** A study that plain JavaScript trains in no time. Its second stage waits for a client. */
const study = parseStudy({
  name: 'small',
  activities: syntheticActivities,
  sensors: { channels: ['x', 'y', 'z'], rateHz: 20, window: 20, step: 20 },
  model: { convolutions: [{ filters: 2, kernel: 3 }], headUnits: { activity: 4 } },
  people: { test: ['person-01'], labelled: ['person-02'], clients: 'rest' },
  stages: [
    { name: 'teacher', where: 'coordinator', objective: 'supervised', steps: 2, batch: 8 },
    { name: 'student', where: 'clients', objective: 'supervised', rounds: 1, steps: 1 },
  ],
});

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'gaitway-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function dataFolder(): Promise<string> {
  const folder = join(await temporaryFolder(), 'data');
  await writeCsvFolder(folder, syntheticPeople({ people: 2, secondsPerActivity: 2, rateHz: 20 }, createRng(1)));
  return folder;
}

interface Coordination {
  readonly run: Promise<Run>;
  /** Where clients join, once they can. */
  readonly open: Promise<string>;
  /** Of the run. */
  readonly folder: string;
  readonly stop: AbortController;
  /** What was told so far, since it was last asked for. */
  readonly told: () => string;
}

async function coordinate(study: Study, data: string): Promise<Coordination> {
  const folder = join(await temporaryFolder(), 'run');
  const stop = new AbortController();
  const out = Object.assign(new PassThrough({ encoding: 'utf8' }), { isTTY: false, columns: 80 });
  let onOpen: (url: string) => void = () => undefined;
  const open = new Promise<string>((resolve) => {
    onOpen = resolve;
  });
  const run = coordinateStudy(study, {
    data,
    run: folder,
    backend: 'cpu',
    host: '127.0.0.1',
    port: 0,
    reporter: createReporter({}, { out, err: out }),
    signal: stop.signal,
    onOpen,
  });
  run.catch(() => undefined); // Each test that expects a failure waits for it.
  return { run, open, folder, stop, told: () => (out.read() as string | null) ?? '' };
}

/** Answers the student's only task, after what is to be done before. @returns the delta that it sent */
async function answerOnce(client: BareClient, before?: () => Promise<void>): Promise<Float32Array> {
  const { id, task } = await client.hearTask();
  await before?.();
  const { stage, round, parameters } = task;
  expect({ stage, round }).toEqual({ stage: 'student', round: 1 });
  const delta = new Float32Array(parameters.length);
  const reply = { kind: 'train', stage, round, delta, examples: 1, summary: { windows: 1, loss: 1 } } as const;
  client.say({ kind: 'answer', id, reply });
  return delta;
}

describe('a coordinated study', () => {
  it('goes from the folder to the result, with the client that joined', async () => {
    const { run, open, folder, told } = await coordinate(study, await dataFolder());
    const url = await open;
    const ann = await joinBare(url, study, 'ann');
    const delta = await answerOnce(ann);
    expect(await ann.hear('goodbye')).toMatchObject({ finished: true });
    ann.leave();

    const { result } = await run;
    expect(result.stages.map(({ name, rounds }) => [name, rounds])).toEqual([
      ['teacher', 1],
      ['student', 1],
    ]);
    expect(result.traffic.bytesUp).toBeGreaterThanOrEqual(delta.byteLength);
    expect(JSON.parse(await readFile(join(folder, 'result.json'), 'utf8'))).toEqual(result);
    const lines = told().split('\n');
    expect(lines).toContain(`Study "small" is open at ${url} (backend cpu).`);
    expect(lines).toContain('+ ann joined');
    await expect(fetch(url)).rejects.toThrow();
  });

  it('waits for a client that is cut off at the end, so that it hears of it', async () => {
    const { run, open, folder } = await coordinate(study, await dataFolder());
    const url = await open;
    const ann = await joinBare(url, study, 'ann');
    await answerOnce(ann);
    await ann.hear('goodbye');
    ann.destroy(); // Before it could say that it heard.
    await ann.gone;
    const back = await connectBare(url);
    await access(join(folder, 'state')); // A coordinator that is killed now comes to the same end again.
    await back.introduce('ann');
    expect(await back.hear('goodbye')).toMatchObject({ finished: true });
    back.leave();
    await run;
    await expect(access(join(folder, 'state'))).rejects.toThrow();
  });

  it('waits for nobody to hear of the end once it is told to stop', async () => {
    const { run, open, stop } = await coordinate(study, await dataFolder());
    const url = await open;
    const ann = await joinBare(url, study, 'ann');
    await answerOnce(ann);
    await ann.hear('goodbye');
    stop.abort(new Interrupted('SIGINT'));
    await expect(run).rejects.toThrow(Interrupted);
  });

  it('tells its clients when it ends before its last round', async () => {
    const { run, open, stop } = await coordinate(study, await dataFolder());
    const ann = await joinBare(await open, study, 'ann');
    await ann.hear('task');
    stop.abort(new Interrupted('SIGINT'));
    await ann.hear('cancel');
    expect(await ann.hear('goodbye')).toEqual({ kind: 'goodbye', reason: 'interrupted', finished: false });
    await expect(run).rejects.toThrow(Interrupted);
  });

  it.each([
    ['a file where its models belong', 'models', false, /not a directory|EEXIST|ENOTDIR/],
    ['a file where its state belongs', 'state', false, /not a directory|EEXIST|ENOTDIR/],
    ['a folder where its rounds belong', 'rounds.jsonl', true, /a folder is in its place \(EISDIR\)/],
  ])('tells its clients to come back when it ends by %s', async (_, name, isFolder, message) => {
    const { run, open, folder } = await coordinate(study, await dataFolder());
    const ann = await joinBare(await open, study, 'ann');
    await answerOnce(ann, async () => {
      await rm(join(folder, name), { recursive: true, force: true });
      await (isFolder ? mkdir(join(folder, name)) : writeFile(join(folder, name), ''));
    });
    expect(await ann.hear('goodbye')).toMatchObject({ finished: false, retryAfterSeconds: 5 });
    await expect(run).rejects.toThrow(message);
  });

  it('tells its clients to come back when it is stopped for now', async () => {
    const { run, open, stop, folder } = await coordinate(study, await dataFolder());
    const url = await open;
    const ann = await joinBare(url, study, 'ann');
    await ann.hear('task');
    expect(await (await fetch(`${url}/metrics`)).text()).toContain(
      'gaitway_rounds_total{stage="teacher",outcome="completed"} 1\n',
    );
    stop.abort(new Interrupted('SIGTERM'));
    expect(await ann.hear('goodbye')).toEqual({
      kind: 'goodbye',
      reason: 'interrupted',
      finished: false,
      retryAfterSeconds: 5,
    });
    await expect(run).rejects.toThrow(Interrupted);
    const log = await readFile(join(folder, 'events.log'), 'utf8');
    expect(log).toContain('"event":"client-joined","client":"ann"');
  });

  it('does not open without its recordings', async () => {
    const { run, folder, told } = await coordinate(study, await temporaryFolder());
    await expect(run).rejects.toThrow(InvalidInput);
    expect(told()).toBe('');
    await expect(access(folder)).rejects.toThrow();
  });
});
