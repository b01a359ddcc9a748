import { createRng, parseStudy, type Study, studyDigest, syntheticActivities, syntheticPeople } from '@gaitway/core';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeCsvFolder } from '../data/write-csv-folder.js';
import type { RecordedChoice } from '../run/choice-file.js';
import { runFolder } from '../run/run-folder.js';
import type { Reporter } from '../terminal/reporter.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { type ResolveOptions, resolveStudy, studyOfRun } from './resolve-study.js';

const study = parseStudy({
  name: 'small',
  activities: syntheticActivities,
  sensors: { channels: ['x', 'y', 'z'], rateHz: 20, window: 20, step: 20 },
  model: { convolutions: [{ filters: 2, kernel: 3 }], headUnits: { activity: 4 } },
  people: { test: ['person-01'], labelled: ['person-02', 'person-03'] },
  stages: [{ name: 'teacher', where: 'coordinator', objective: 'supervised', steps: 2, batch: 8 }],
  choose: { candidates: { axes: { normalisation: 'axes' }, derived: { derived: ['magnitude'] } } },
});

interface Place {
  readonly folder: string;
  /** Resolves a study there; `onLine` hears what it tells. */
  readonly resolve: (
    written?: Study,
    changes?: Partial<ResolveOptions>,
    onLine?: (text: string) => void,
  ) => ReturnType<typeof resolveStudy>;
}

async function place(): Promise<Place> {
  const parent = await temporaryFolder();
  const data = join(parent, 'data');
  await writeCsvFolder(data, syntheticPeople({ people: 3, secondsPerActivity: 3, rateHz: 20 }, createRng(1)));
  const folder = join(parent, 'runs', 'run');
  const silent: Reporter = {
    line: () => undefined,
    status: () => undefined,
    warn: () => undefined,
    outcome: () => undefined,
  };
  return {
    folder,
    resolve: (written = study, changes = {}, onLine = () => undefined) =>
      resolveStudy(written, {
        folder,
        source: { folder: data },
        backend: 'cpu',
        reporter: { ...silent, line: onLine },
        signal: new AbortController().signal,
        ...changes,
      }),
  };
}

async function readWritten(folder: string): Promise<RecordedChoice> {
  return JSON.parse(await readFile(runFolder(folder).choice, 'utf8')) as RecordedChoice;
}

async function rewrite(folder: string, changes: object): Promise<void> {
  await writeFile(runFolder(folder).choice, JSON.stringify({ ...(await readWritten(folder)), ...changes }));
}

describe('a study whose recipe is left open', { timeout: 120_000 }, () => {
  it('gets one before its run begins, and tells what it took', async () => {
    const { folder, resolve } = await place();
    const lines: string[] = [];
    const { study: resolved, choice, backend } = await resolve(study, {}, (line) => lines.push(line));
    expect(backend).toBe('cpu');
    expect(choice!.written).toBe(await studyDigest(study));
    expect(choice!.seconds).toBeGreaterThan(0);
    expect(resolved).not.toHaveProperty('choose');
    expect(await readWritten(folder)).toEqual(choice);
    expect(lines).toContainEqual(expect.stringMatching(/^axes 1\/2: without person-02, weighted F1 \d\.\d{3}$/));
    expect(lines.at(-1)).toMatch(/^Chosen: (axes|derived), in \d+ s$/);
  });

  it('goes on with the recipe that is there, and with its backend', async () => {
    const { folder, resolve } = await place();
    const { study: resolved, choice } = await resolve();
    const other = choice!.chosen === 'axes' ? 'derived' : 'axes';
    await rewrite(folder, { chosen: other });
    const lines: string[] = [];
    const again = await resolve(study, { backend: undefined, source: { folder: 'nowhere' } }, (line) =>
      lines.push(line),
    );
    expect(again.backend).toBe('cpu');
    expect(again.choice!.chosen).toBe(other);
    expect(again.study).not.toEqual(resolved);
    expect(lines).toEqual([]);
  });

  it('begins again when it was stopped on the way, and leaves nothing', async () => {
    const { folder, resolve } = await place();
    const stop = new AbortController();
    const stopped = resolve(study, { signal: stop.signal }, (line) => {
      if (line.startsWith('derived 1/2')) {
        stop.abort(new Error('stopped'));
      }
    });
    await expect(stopped).rejects.toThrow('stopped');
    expect(existsSync(folder)).toBe(false);
    expect(await studyOfRun(folder, study)).toBeUndefined();
    const { choice } = await resolve();
    expect(await readdir(folder)).toEqual(['choice.json']);
    const elsewhere = await (await place()).resolve();
    expect({ ...elsewhere.choice!, seconds: 0 }).toEqual({ ...choice!, seconds: 0 });
  });

  it('is refused where the recipe of another study was chosen, or with another backend', async () => {
    const { folder, resolve } = await place();
    await resolve();
    await expect(resolve(parseStudy({ ...study, seed: 2 }))).rejects.toThrow(
      'the recipe in this folder was chosen for another study; choose another folder',
    );
    const { choose, ...others } = study;
    expect(choose).toBeDefined();
    await expect(resolve(others)).rejects.toThrow('was chosen for another study');
    await expect(resolve(study, { backend: 'wasm' })).rejects.toThrow(
      `${folder}: expected backend cpu, with which the recipe in this folder was chosen, found backend wasm`,
    );
  });

  it('is refused with a recipe that is not as it was written', async () => {
    const { folder, resolve } = await place();
    const { choice } = await resolve();
    await rewrite(folder, { chosen: 'pocket' });
    await expect(resolve()).rejects.toThrow('choice.json: chosen: expected one of axes, derived, found "pocket"');
    await rewrite(folder, { chosen: 'axes', calibration: { ...choice!.calibration, thresholds: [0.5] } });
    await expect(resolve()).rejects.toThrow(
      `choice.json: calibration.thresholds: expected ${syntheticActivities.length} numbers, found 1`,
    );
    await rewrite(folder, { candidates: 'none' });
    await expect(resolve()).rejects.toThrow('choice.json: candidates: expected a list');
    await writeFile(runFolder(folder).choice, '{"written":');
    await expect(resolve()).rejects.toThrow('choice.json: expected JSON');
  });

  it('is refused in the folder of another run, before recordings are read', async () => {
    const { folder, resolve } = await place();
    await mkdir(folder, { recursive: true });
    await writeFile(runFolder(folder).result, '{}');
    await expect(resolve(study, { source: { folder: 'nowhere' } })).rejects.toThrow('found a finished run');
  });
});

it('a study that says its recipe is the study that runs', async () => {
  const { folder, resolve } = await place();
  const { choose, ...written } = study;
  expect(choose).toBeDefined();
  expect(await resolve(written)).toEqual({ study: written, backend: 'cpu' });
  expect(existsSync(folder)).toBe(false);
});
