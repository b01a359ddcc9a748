import { digestJson } from '@gaitway/core/internal';
import { createHash } from 'node:crypto';
import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sampleReports } from '../testing/sample-reports.js';
import { sampleStudy } from '../testing/sample-study.js';
import { without } from '../testing/without.js';
import { readModel } from '../models/model-file.js';
import { readRun } from './read-run.js';
import { refuseOccupied } from './run-folder.js';
import { startRun, type RunRecorder } from './run-recorder.js';

const study = sampleStudy({ rounds: 6 });
const clients = ['ada', 'ben', 'cyd', 'dot'];
const reports = sampleReports(study, clients);
const traffic = { bytesDown: 4000, bytesUp: 3000 };

/** A clock that advances by a second and a half whenever it is read. */
function clock(): () => Date {
  let time = Date.UTC(2026, 2, 5, 18, 4, 9);
  return () => new Date((time += 1500));
}

describe('a recorded run', () => {
  let parent: string;
  let folder: string;
  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'gaitway-'));
    folder = join(parent, 'runs', 'demo');
  });
  afterEach(() => rm(parent, { recursive: true }));

  const start = (): Promise<RunRecorder> =>
    startRun({
      folder,
      study,
      backend: 'wasm',
      normalisation: { mean: [0, 0, 1], standardDeviation: [1, 1, 1] },
      traffic: () => traffic,
      now: clock(),
    });

  async function recordAll(): Promise<void> {
    await using recorder = await start();
    for (const report of reports) {
      await recorder.record(report);
    }
    await recorder.finish();
    await recorder.seal();
  }

  async function readJson(name: string): Promise<Record<string, unknown>> {
    return JSON.parse(await readFile(join(folder, name), 'utf8')) as Record<string, unknown>;
  }

  it('holds the files that scripts rely on', async () => {
    await recordAll();
    expect((await readdir(folder)).sort()).toEqual([
      'events.log',
      'models',
      'result.json',
      'rounds.jsonl',
      'study.json',
    ]);
    expect((await readdir(join(folder, 'models'))).sort()).toEqual([
      'fine-tune.safetensors',
      'student.safetensors',
      'teacher.safetensors',
    ]);
    expect(await readJson('study.json')).toEqual({ study, digest: await digestJson(study) });
  });

  it('has a result with exactly the promised keys', async () => {
    await recordAll();
    const result = await readJson('result.json');
    expect(Object.keys(result)).toEqual([
      'study',
      'gaitway',
      'backend',
      'stages',
      'evaluation',
      'clients',
      'traffic',
      'model',
    ]);
    expect(result['study']).toEqual({ name: 'motionsense', digest: await digestJson(study), seed: 7 });
    expect(result['traffic']).toEqual(traffic);
    expect(result['evaluation']).toEqual({
      teacher: reports[0]!.evaluation,
      student: reports[6]!.evaluation,
      'fine-tune': reports[7]!.evaluation,
    });
  });

  it('says of each stage where it ran, how long, and the digest of its little-endian parameters', async () => {
    await recordAll();
    const { stages } = (await readRun(folder)).result;
    expect(stages.map(({ name, where, rounds }) => [name, where, rounds])).toEqual([
      ['teacher', 'coordinator', 1],
      ['student', 'clients', 6],
      ['fine-tune', 'coordinator', 1],
    ]);
    const bytes = Buffer.alloc(reports[6]!.parameters.length * 4);
    reports[6]!.parameters.forEach((value, index) => bytes.writeFloatLE(value, index * 4));
    expect(stages[1]!.parametersSha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    const rounds = (await readRun(folder)).rounds.filter(({ stage }) => stage === 'student');
    expect(rounds.every(({ seconds }) => seconds >= 1.5)).toBe(true);
    expect(stages[1]!.seconds).toBeCloseTo(
      rounds.reduce((sum, { seconds }) => sum + seconds, 0),
      9,
    );
  });

  it('keeps each stage as a model that can be read again, the last one named in the result', async () => {
    await recordAll();
    const { result } = await readRun(folder);
    const student = await readModel(join(folder, 'models/student.safetensors'));
    expect(student.parameters).toEqual(reports[6]!.parameters);
    expect(student.metadata).toMatchObject({ stage: 'student', rounds: 6, seed: study.seed, unit: 'g' });
    expect(result.model.path).toBe('models/fine-tune.safetensors');
    const file = await readFile(join(folder, result.model.path));
    expect(result.model.sha256).toBe(createHash('sha256').update(file).digest('hex'));
  });

  it('adds up what each client did, and leaves out the coordinator', async () => {
    await recordAll();
    const { result } = await readRun(folder);
    expect(result.clients.map(({ name }) => name)).toEqual(clients);
    const answers = reports.flatMap((report) => report.clients).filter(({ client }) => client === 'ben');
    const accepted = answers
      .flatMap((entry) => (entry.outcome === 'answered' ? [entry.summary!.accepted!] : []))
      .at(-1)!;
    expect(result.clients[1]).toEqual({
      name: 'ben',
      windows: 233,
      accepted: Object.fromEntries(study.activities.map((activity, index) => [activity, accepted[index]])),
      rounds: answers.filter(({ outcome }) => outcome === 'answered').length,
    });
    expect(result.clients[3]).toEqual({ name: 'dot', windows: 199, accepted: {}, rounds: 0 });
  });

  it('has a line a round, written before the next begins', async () => {
    await using recorder = await start();
    await recorder.record(reports[0]!);
    await recorder.record(reports[1]!);
    const lines = (await readFile(join(folder, 'rounds.jsonl'), 'utf8')).trim().split('\n');
    expect(lines).toHaveLength(2);
    const { parameters, ...rest } = without(reports[1]!, 'checkpoint');
    expect(JSON.parse(lines[1]!)).toEqual({
      ...JSON.parse(JSON.stringify(rest)),
      seconds: expect.any(Number),
      parametersSha256: createHash('sha256').update(new Uint8Array(parameters.buffer)).digest('hex'),
    });
  });

  it('logs events with their time, failures by name', async () => {
    await recordAll();
    const events = (await readFile(join(folder, 'events.log'), 'utf8'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(events[0]).toMatchObject({ time: '2026-03-05T18:04:10.500Z', event: 'run-started', study: 'motionsense' });
    expect(events.at(-1)).toMatchObject({ event: 'run-finished' });
    const failures = reports.flatMap((report) => report.clients.filter(({ outcome }) => outcome === 'failed'));
    expect(failures.length).toBeGreaterThan(0);
    expect(events.filter(({ event }) => event === 'client-failed').map(({ client }) => client)).toEqual(
      failures.map(({ client }) => client),
    );
    expect(events.filter(({ event }) => event === 'round-aborted')).toMatchObject([
      { stage: 'student', round: 5, reason: 'expected at least 3 answers, found 2' },
    ]);
  });

  it('comes back whole', async () => {
    await recordAll();
    const run = await readRun(folder);
    expect(run.study).toEqual(study);
    expect(run.rounds).toHaveLength(8);
    expect(run.startedAt).toBe('2026-03-05T18:04:10.500Z');
    expect(run.finishedAt! > run.startedAt!).toBe(true);
    expect(run.warnings).toEqual([]);
  });

  it('comes back without a last line that was cut short, and says so', async () => {
    await recordAll();
    await appendFile(join(folder, 'rounds.jsonl'), '{"stage":"stu');
    const run = await readRun(folder);
    expect(run.rounds).toHaveLength(8);
    expect(run.warnings).toEqual([`${join(folder, 'rounds.jsonl')}, line 9: cut short while it was written; left out`]);
  });

  it('is never written over', async () => {
    await recordAll();
    const before = await readFile(join(folder, 'result.json'), 'utf8');
    await expect(start()).rejects.toThrow(`${folder}: expected a new folder, found a finished run`);
    expect(await readFile(join(folder, 'result.json'), 'utf8')).toBe(before);
    await rm(join(folder, 'result.json'));
    await expect(start()).rejects.toThrow('found a run that did not finish: delete the folder, or choose another');
    expect((await readdir(folder)).sort()).toEqual(['events.log', 'models', 'rounds.jsonl', 'study.json']);
  });

  it.each([
    ['pipeline.json', 'a run that did not finish'],
    ['tasks.json', 'a run that did not finish'],
    ['experiment.json', 'an experiment'],
  ])('is not written into a folder with %s', async (name, found) => {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, name), '{}');
    await expect(start()).rejects.toThrow(`${folder}: expected a new folder, found ${found}: `);
    expect(await readdir(folder)).toEqual([name]);
  });

  it('is not written where a file is', async () => {
    const file = join(parent, 'notes');
    await writeFile(file, '');
    await expect(refuseOccupied(file)).rejects.toThrow('expected a new folder, found a file: choose another name');
  });

  it('keeps no model of a stage of which no round was completed', async () => {
    await using recorder = await start();
    for (const report of reports.slice(0, 7)) {
      await recorder.record(report.stage === 'student' ? { ...report, phase: 'aborted', reason: 'too few' } : report);
    }
    expect(await readdir(join(folder, 'models'))).toEqual(['teacher.safetensors']);
    expect(await readFile(join(folder, 'events.log'), 'utf8')).not.toContain('"stage-finished","stage":"student"');
  });

  it('is refused before it has finished, with the reason why it stopped', async () => {
    await using recorder = await start();
    await recorder.record(reports[0]!);
    await recorder.stop('too few clients');
    await expect(readRun(folder)).rejects.toThrow(
      `${folder}: expected a finished run, found no result.json after 1 completed rounds; it stopped: too few clients`,
    );
  });

  it('is refused when a file is missing, changed or of another version', async () => {
    await expect(readRun(folder)).rejects.toThrow(`${folder}: expected a run's folder, found no study.json in it`);
    await recordAll();
    const result = await readJson('result.json');
    const write = (name: string, value: unknown): Promise<void> => writeFile(join(folder, name), JSON.stringify(value));

    await write('result.json', { ...result, gaitway: '9.0.0', speed: 1 });
    await expect(readRun(folder)).rejects.toThrow(
      /gaitway: expected a file of version \S+, found one of 9\.0\.0\n.*speed/,
    );
    await writeFile(join(folder, 'result.json'), '{"study": {');
    await expect(readRun(folder)).rejects.toThrow(`${join(folder, 'result.json')}: expected JSON`);
    await write('result.json', { ...result, study: { name: 'x', digest: '00'.repeat(32), seed: 1 } });
    await expect(readRun(folder)).rejects.toThrow('files of two runs are mixed');
    await write('result.json', result);
    await write('study.json', { study: { ...study, seed: 8 }, digest: await digestJson(study) });
    await expect(readRun(folder)).rejects.toThrow('the study was changed');
    await write('study.json', { study, digest: await digestJson(study) });
    await rm(join(folder, 'rounds.jsonl'));
    await expect(readRun(folder)).rejects.toThrow('expected the rounds of the run, found no such file');
  });

  it('has no result without a finished stage', async () => {
    await using recorder = await start();
    await expect(recorder.finish()).rejects.toThrow('a run without a finished stage has no result');
  });
});
