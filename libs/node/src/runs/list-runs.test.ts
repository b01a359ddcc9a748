import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { claimFolder } from '../files/claim-folder.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { listRuns } from './list-runs.js';
import { renderRunTable, type RunEntry } from './run-entry.js';

/** Writes files into a folder: strings as text, lists as JSON lines, the rest as JSON. */
async function write(folder: string, files: Readonly<Record<string, unknown>>): Promise<string> {
  await mkdir(folder, { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    const lines = Array.isArray(content) ? content.map((line) => `${JSON.stringify(line)}\n`).join('') : undefined;
    await writeFile(join(folder, name), typeof content === 'string' ? content : (lines ?? JSON.stringify(content)));
  }
  return folder;
}

/** Events a minute apart. */
function log(day: number, ...events: readonly (object & { readonly event: string })[]): readonly object[] {
  return events.map((event, minute) => ({ time: `2026-03-0${day}T18:0${minute}:10.500Z`, ...event }));
}

const study = { study: { name: 'walks' }, digest: 'ab' };
const started = { event: 'run-started', study: 'walks', command: 'coordinator' };
const student = { event: 'round-completed', stage: 'student', round: 3, rounds: 20 };

/** The entry of a study's run with these events, on which a process works or not. */
async function entryOf(isRunning: boolean, ...events: readonly { readonly event: string }[]): Promise<RunEntry> {
  const folder = await temporaryFolder();
  const run = await write(join(folder, 'run'), { 'study.json': study, 'events.log': log(1, ...events) });
  const claim = isRunning ? await claimFolder(run) : undefined;
  const { runs, leftOut } = await listRuns(folder);
  await claim?.[Symbol.asyncDispose]();
  expect(leftOut).toEqual([]);
  return runs[0]!;
}

describe('the list of runs', () => {
  it('tells how each is, how far it came, and what came of it', async () => {
    const folder = await temporaryFolder();
    await write(join(folder, 'b'), {
      'study.json': study,
      'events.log': log(1, started, student, { event: 'run-finished' }),
      'rounds.jsonl': [
        { stage: 'teacher', round: 1, rounds: 1, clients: [] },
        { stage: 'student', round: 20, rounds: 20, clients: [] },
      ],
      'result.json': {
        stages: [{ name: 'teacher' }, { name: '2' }, { name: 'student' }],
        evaluation: { teacher: { weightedF1: 0.5 }, '2': { weightedF1: 0.75 }, student: { weightedF1: null } },
      },
    });
    await write(join(folder, 'a'), { 'study.json': study, 'events.log': log(2, started), 'pause.json': {} });
    await write(join(folder, 'c'), {
      'pipeline.json': { tag: 'self_har' },
      'result.json': { steps: [{ eval_results: { weightedF1: 0.25 } }, {}] },
    });
    await write(join(folder, 'd'), { 'experiment.json': { experiment: { name: 'low-label' } } });
    await write(join(folder, 'e'), { 'tasks.json': { name: 'both' } });
    await writeFile(join(folder, 'notes.txt'), 'mine');
    const { runs, leftOut } = await listRuns(folder);
    expect(leftOut).toEqual([]);
    expect(renderRunTable(runs).split('\n')).toEqual([
      expect.stringMatching(/^run +kind +name +status +last round +started +last change +weighted F1$/),
      expect.stringMatching(/\/c +pipeline +self_har +finished +0\.250$/),
      expect.stringMatching(/\/d +experiment +low-label +interrupted$/),
      expect.stringMatching(/\/e +tasks +both +unfinished$/),
      expect.stringMatching(
        /\/b +coordinator +walks +finished +student 20\/20 +2026-03-01 18:00 +2026-03-01 18:02 +0\.750$/,
      ),
      expect.stringMatching(/\/a +coordinator +walks +interrupted, paused +2026-03-02 18:00 +2026-03-02 18:00$/),
    ]);
    expect(renderRunTable([])).toBe('No runs.');
  });

  it('knows what a process is doing from its last words', async () => {
    const missing = { event: 'clients-missing', present: 1, missing: 1 };
    const joined = { event: 'client-joined', client: 'ann' };
    const left = { event: 'client-left', client: 'ann', reason: 'it left' };
    const statusOf = async (...events: readonly { readonly event: string }[]): Promise<string> =>
      (await entryOf(true, started, ...events)).status;
    expect(await statusOf()).toBe('running');
    expect(await statusOf(missing)).toBe('waiting');
    expect(await statusOf(missing, joined)).toBe('running');
    expect(await statusOf(missing, joined, left, missing)).toBe('waiting');
    expect(await statusOf(missing, { event: 'run-paused' }, left)).toBe('paused');
    expect(await statusOf({ event: 'run-paused' }, joined, { event: 'run-unpaused' })).toBe('running');
    expect(await statusOf({ event: 'run-stopped' }, { event: 'run-resumed' })).toBe('running');
  });

  it('tells a run that failed from one that was interrupted or killed', async () => {
    const stopped = (reason: string): { readonly event: string; readonly reason: string } => ({ event: 'run-stopped', reason });
    expect(await entryOf(false, started, stopped('too few clients'))).toMatchObject({
      status: 'failed',
      reason: 'too few clients',
    });
    expect(await entryOf(false, started, stopped('interrupted'))).toMatchObject({ status: 'interrupted' });
    expect(await entryOf(false, started, stopped('too few clients'), { event: 'run-resumed' })).toMatchObject({
      status: 'interrupted',
    });
  });

  it('says which folders hold no run that can be read, and goes on', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'empty'));
    await write(join(folder, 'torn'), { 'study.json': '{"study":' });
    await write(join(folder, 'foreign'), { 'study.json': { name: 'walks' } });
    await write(join(folder, 'whole'), {
      'study.json': study,
      'events.log': `${JSON.stringify(log(1, started)[0])}\nnonsense\n{"time":"20`,
      'rounds.jsonl': '{"stage":"student","round":1,"rounds":2}\n{"sta',
    });
    const { runs, leftOut } = await listRuns(folder);
    expect(runs).toMatchObject([{ run: join(folder, 'whole'), status: 'interrupted', stage: 'student', round: 1 }]);
    expect(leftOut).toEqual([
      `${join(folder, 'empty')}: expected the folder of a run, found none of experiment.json, study.json, pipeline.json, tasks.json`,
      expect.stringContaining(`${join(folder, 'foreign', 'study.json')}: study: `),
      expect.stringContaining(`${join(folder, 'torn', 'study.json')}: expected JSON`),
    ]);
    await rm(folder, { recursive: true });
    await expect(listRuns(folder)).rejects.toThrow(`${folder}: expected a folder with runs, found nothing there`);
  });
});
