import {
  COORDINATOR,
  createRng,
  InvalidInput,
  parseStudy,
  syntheticActivities,
  syntheticPeople,
  type Study,
} from '@gaitway/core';
import { windowCount } from '@gaitway/core/data';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Suspect } from '../data/inspection.js';
import { writeCsvFolder } from '../data/write-csv-folder.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { without } from '../testing/without.js';
import { loadClient, loadCoordinator, loadSimulation } from './load-data.js';

/** Windows of 4 s without overlap. */
const sensors = { channels: ['x', 'y', 'z'], rateHz: 20, window: 80, step: 80 };
/** A stage that learns from features of windows, which it computes once and keeps. */
const keepsFeatures = { where: 'clients', trainable: 'heads', cacheFeatures: true, rounds: 1, epochs: 1 };
const cached = [
  { name: 'teacher', where: 'coordinator', objective: 'supervised', epochs: 1 },
  { name: 'student', objective: 'supervised', from: 'teacher', ...keepsFeatures },
];
/** Six activities of 8 s each. */
const WINDOWS_OF_A_PERSON = 6 * 2;

function studyWith(clients: unknown, changes: object = {}): Study {
  return parseStudy({
    name: 'small',
    activities: syntheticActivities,
    sensors,
    people: { test: ['person-01'], labelled: ['person-02'], clients },
    stages: 'selfhar',
    ...changes,
  });
}

/** Recordings of four people. */
async function dataFolder(): Promise<string> {
  const folder = join(await temporaryFolder(), 'data');
  await writeCsvFolder(folder, syntheticPeople({ people: 4, secondsPerActivity: 8, rateHz: 20 }, createRng(1)));
  return folder;
}

/** Makes a file one that cannot be read. */
async function damage(folder: string, person: string): Promise<void> {
  await appendFile(join(folder, person, '001.csv'), 'not,a,sample,at,all\n');
}

describe('data of a simulation', () => {
  it('are told of where an activity has no labelled or no test window', async () => {
    const told: string[] = [];
    const check = {
      tell: (suspects: readonly Suspect[]): void => {
        told.push(...suspects.filter(({ kind }) => kind === 'without-windows').map(({ reason }) => reason));
      },
    };
    const activities = [...syntheticActivities, 'swimming'];
    await loadSimulation(studyWith('rest', { activities }), { folder: await dataFolder(), check });
    expect(told).toEqual([
      expect.stringMatching(/^swimming has no window of the labelled people: the model cannot learn it/),
      expect.stringMatching(/^swimming has no window of the test people: no figure says/),
    ]);
  });

  it('are labelled windows for the coordinator, and windows without labels for each client', async () => {
    const { data, normalisation } = await loadSimulation(studyWith('rest'), { folder: await dataFolder() });
    expect([...data.keys()]).toEqual([COORDINATOR, 'person-03', 'person-04']);
    const { labelled, test, ...nothing } = data.get(COORDINATOR)!;
    expect(nothing).toEqual({});
    expect([labelled!, test!].map(windowCount)).toEqual([WINDOWS_OF_A_PERSON, WINDOWS_OF_A_PERSON]);
    const { unlabelled, truth, ...nothingElse } = data.get('person-03')!;
    expect(nothingElse).toEqual({});
    expect([...truth!]).toEqual(syntheticActivities.flatMap((_, index) => [index, index])); // to measure pseudo-labels by
    expect(windowCount(unlabelled!)).toBe(WINDOWS_OF_A_PERSON);
    expect(unlabelled).not.toHaveProperty('labels');
    expect(unlabelled!.recordings[0]!.samples.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(normalisation?.mean).toHaveLength(3);
  });

  it("hold the labels of the clients' people apart, to evaluate on", async () => {
    const { clientTest } = await loadSimulation(studyWith(['person-04']), { folder: await dataFolder() });
    expect(Object.keys(clientTest!)).toEqual(['test']);
    const { recordings, labels } = clientTest!.test!;
    expect(new Set(recordings.map(({ subject }) => subject))).toEqual(new Set(['person-04']));
    expect(labels).toHaveLength(WINDOWS_OF_A_PERSON * syntheticActivities.length);
    expect(recordings[0]!.samples.buffer).toBeInstanceOf(SharedArrayBuffer);
    const everyone = { people: { test: ['person-01'], labelled: ['person-02', 'person-03', 'person-04'], labelledWindows: { perClass: 1 }, clients: 'everyone' } }; // prettier-ignore
    expect(await loadSimulation(studyWith('everyone', everyone), { folder: await dataFolder() })).not.toHaveProperty(
      'clientTest',
    );
  });

  it('put the people of a site together', async () => {
    const study = studyWith({ north: ['person-03', 'person-04'] });
    const { data } = await loadSimulation(study, { folder: await dataFolder() });
    expect([...data.keys()]).toEqual([COORDINATOR, 'north']);
    expect(windowCount(data.get('north')!.unlabelled!)).toBe(2 * WINDOWS_OF_A_PERSON);
  });

  it('are refused when somebody is missing, with who is there', async () => {
    const loading = loadSimulation(studyWith(['person-03', 'person-40']), { folder: await dataFolder() });
    await expect(loading).rejects.toThrow(
      'people.clients[1]: expected a person of the data folder (person-01, person-02, person-03, person-04), found "person-40"',
    );
  });

  it('are refused without a channel of the study', async () => {
    const study = studyWith('rest', { sensors: { ...sensors, channels: ['x', 'y', 'gyro'] } });
    await expect(loadSimulation(study, { folder: await dataFolder() })).rejects.toThrow(/gyro/);
  });
});

describe('data of a deployment', () => {
  it('are the same as in a simulation, but that no client has the true activities of its windows', async () => {
    const folder = await dataFolder();
    const study = studyWith('rest');
    const simulation = await loadSimulation(study, { folder });
    const { data, normalisation } = await loadCoordinator(study, { folder });
    expect({ data, normalisation }).toEqual({
      data: simulation.data.get(COORDINATOR),
      normalisation: simulation.normalisation,
    });
    const client = await loadClient(study, { folder, people: ['person-03'] }, { normalisation });
    expect(client).toEqual(without(simulation.data.get('person-03')!, 'truth'));
    expect(simulation.data.get('person-03')).toHaveProperty('truth');
  });

  it('come from the files of the right people alone', async () => {
    const folder = await dataFolder();
    const study = studyWith('rest');
    await damage(folder, 'person-04');
    const { normalisation } = await loadCoordinator(study, { folder });
    await expect(loadClient(study, { folder, people: ['person-03'] }, { normalisation })).resolves.toBeDefined();
    await expect(loadSimulation(study, { folder })).rejects.toThrow('person-04/001.csv');
  });

  it('are everybody in the folder where a client names nobody', async () => {
    const [study, folder] = [studyWith('rest'), await dataFolder()];
    const { normalisation } = await loadCoordinator(study, { folder });
    const { unlabelled } = await loadClient(study, { folder }, { normalisation });
    expect(windowCount(unlabelled!)).toBe(4 * WINDOWS_OF_A_PERSON);
  });

  it('are refused before they are resampled where they would take more memory than they may', async () => {
    const folder = await dataFolder();
    const study = studyWith('rest', { sensors: { ...sensors, normalisation: 'site' } });
    await expect(loadClient(study, { folder }, { memoryBytes: 1e9 })).resolves.toBeDefined();
    const fast = studyWith('rest', { sensors: { ...sensors, rateHz: 1e9, normalisation: 'site' } });
    await expect(loadClient(fast, { folder }, { memoryBytes: 1e9 })).rejects.toThrow(
      /^person-01\/001\.csv: expected recordings that take at most 1000 MB at 1000000000 Hz, found \d+ MB so far$/,
    );
    const dense = studyWith('rest', { sensors: { ...sensors, step: 1, normalisation: 'site' } });
    const enough = { memoryBytes: 30_000 };
    await expect(loadClient(study, { folder, people: ['person-03'] }, enough)).resolves.toBeDefined();
    await expect(loadClient(dense, { folder, people: ['person-03'] }, enough)).rejects.toThrow('at most 1 MB');
  });

  it.each<[string, object]>([
    [
      'a label for each of very many activities',
      { activities: Array.from({ length: 255 }, (_, n) => `activity ${n}`) },
    ],
    ['features of a core that are kept', { model: { convolutions: [{ filters: 4096, kernel: 3 }] }, stages: cached }],
  ])('are refused where their windows would take more memory than they may, with %s', async (_, changes) => {
    const folder = await dataFolder();
    const own = { sensors: { ...sensors, step: 1, normalisation: 'site' } };
    const load = (study: Study): Promise<unknown> =>
      loadClient(study, { folder, people: ['person-03'] }, { memoryBytes: 2_000_000 });
    await expect(load(studyWith('rest', own))).resolves.toBeDefined();
    await expect(load(studyWith('rest', { ...own, ...changes }))).rejects.toThrow('recordings that take at most 2 MB');
  });

  it('are normalised by each site alone where the study says so', async () => {
    const folder = await dataFolder();
    const study = studyWith('rest', { sensors: { ...sensors, normalisation: 'site' } });
    expect(await loadCoordinator(study, { folder })).not.toHaveProperty('normalisation');
    const { unlabelled } = await loadClient(study, { folder, people: ['person-03'] });
    const { recordings } = unlabelled!;
    const x = recordings.flatMap(({ samples }) => [...samples].filter((_, index) => index % 3 === 0));
    const mean = x.reduce((sum, value) => sum + value, 0) / x.length;
    for (const { inputs } of recordings) {
      expect(inputs!.normalisation.mean[0]).toBeCloseTo(mean, 5);
    }
  });

  it.each([
    ['there is no folder', 'nowhere', 'expected a folder, found nothing of that name'],
    ['the folder is empty', '.', 'found an empty folder'],
  ])('are refused when %s', async (_, name, message) => {
    const folder = join(await temporaryFolder(), name);
    for (const load of [loadCoordinator, loadClient]) {
      const error: unknown = await load(studyWith('rest'), { folder }).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(InvalidInput);
      expect((error as Error).message).toContain(message);
    }
  });
});
