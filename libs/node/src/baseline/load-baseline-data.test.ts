import { createRng, parseStudy, syntheticActivities, syntheticPeople, type Study } from '@gaitway/core';
import { windowCount } from '@gaitway/core/data';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeCsvFolder } from '../data/write-csv-folder.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { without } from '../testing/without.js';
import { loadBaselineData } from './load-baseline-data.js';

/** Six activities of 8 s each, in windows of 4 s without overlap. */
const WINDOWS_OF_A_PERSON = 6 * 2;

function studyWith(people: object): Study {
  return parseStudy({
    name: 'small',
    activities: syntheticActivities,
    sensors: { channels: ['x', 'y', 'z'], rateHz: 20, window: 80, step: 80 },
    people: { test: ['person-01'], labelled: ['person-02'], clients: 'rest', ...people },
    stages: 'selfhar',
  });
}

/** Recordings of four people, of whom some have no labels. */
async function dataFolder(...unlabelled: readonly string[]): Promise<string> {
  const folder = join(await temporaryFolder(), 'data');
  const people = syntheticPeople({ people: 4, secondsPerActivity: 8, rateHz: 20 }, createRng(1));
  await writeCsvFolder(
    folder,
    people.map((recording) => (unlabelled.includes(recording.subject) ? without(recording, 'labels') : recording)),
  );
  return folder;
}

describe('data of baselines', () => {
  it('are the windows of the labelled people, of the test people, and of everybody but these', async () => {
    const { train, test, everybody } = await loadBaselineData(studyWith({}), { folder: await dataFolder('person-04') });
    expect([train, test, everybody!].map(windowCount)).toEqual([
      WINDOWS_OF_A_PERSON,
      WINDOWS_OF_A_PERSON,
      2 * WINDOWS_OF_A_PERSON,
    ]);
    expect(everybody!.recordings.map(({ subject }) => subject)).not.toContain('person-01');
    expect(train.recordings[0]!.samples.buffer).toBeInstanceOf(SharedArrayBuffer);
  });

  it('keep to the label budget, which everybody has not', async () => {
    const study = studyWith({ labelledWindows: { perClass: 1 } });
    const { train, everybody } = await loadBaselineData(study, { folder: await dataFolder() });
    expect([train, everybody!].map(windowCount)).toEqual([6, 3 * WINDOWS_OF_A_PERSON]);
  });

  it('are without everybody where the labelled people alone have labels', async () => {
    const folder = await dataFolder('person-03', 'person-04');
    expect(await loadBaselineData(studyWith({}), { folder })).not.toHaveProperty('everybody');
  });

  it('need people to test on who are there', async () => {
    const folder = await dataFolder();
    await expect(loadBaselineData(studyWith({ test: ['person-09'] }), { folder })).rejects.toThrow(
      'people: expected recordings of person-09; found those of person-01, person-02, person-03, person-04 only',
    );
  });
});
