import { createRng, syntheticPeople } from '@gaitway/core';
import { readStudyFile, writeCsvFolder } from '@gaitway/node';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gaitway } from '../testing/gaitway-process.js';
import { temporaryFolder } from '../testing/temporary-folder.js';

describe('gaitway init', () => {
  it('writes a study, and says what to do with it', async () => {
    const folder = join(await temporaryFolder(), 'new', 'study');
    const path = join(folder, 'study.yaml');
    const { code, stdout } = await gaitway('init', folder);
    expect(code).toBe(0);
    expect(stdout).toContain(`Wrote ${path}.`);
    expect(stdout).toContain(`gaitway simulate ${path} --data DATA`);
    expect((await readStudyFile(path)).stages.map(({ name }) => name)).toEqual(['teacher', 'student']);
  });

  it('leaves a study alone that is there already', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'study.yaml');
    await writeFile(path, 'mine');
    const { code, stderr } = await gaitway('init', folder);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: `${path}: expected no file here yet; it is left as it is\n`,
    });
    expect(await readFile(path, 'utf8')).toBe('mine');
  });

  it('writes a study that needs its people', async () => {
    const folder = await temporaryFolder();
    const [study, data] = [join(folder, 'study.yaml'), join(folder, 'data')];
    await writeCsvFolder(data, syntheticPeople({ people: 1, secondsPerActivity: 1, rateHz: 20 }, createRng(1)));
    expect(await gaitway('init', folder, '--json')).toMatchObject({
      code: 0,
      stdout: `${JSON.stringify({ study })}\n`,
    });
    expect(await gaitway('simulate', study)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("required option '--data <dir>' not specified"),
    });
    expect(await gaitway('simulate', study, '--data', data)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('people.test[0]: expected a person of the data folder (person-01), found "1"'),
    });
  });
});

describe('gaitway init --data', () => {
  it('writes a manifest and a study that fit the folder', async () => {
    const folder = await temporaryFolder();
    const [study, data] = [join(folder, 'study'), join(folder, 'data')];
    await writeCsvFolder(data, syntheticPeople({ people: 6, secondsPerActivity: 12, rateHz: 20 }, createRng(1)));
    await rm(join(data, 'gaitway.yaml'));
    const { code, stdout, stderr } = await gaitway('init', study, '--data', data);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('activity: column "activity" by its name\n');
    expect(stdout).toContain(`Wrote ${join(data, 'gaitway.yaml')} and ${join(study, 'study.yaml')}.`);
    const { people, activities, sensors } = await readStudyFile(join(study, 'study.yaml'));
    expect(people).toMatchObject({ test: ['05'], labelled: ['01', '02', '03'] });
    expect(activities).toEqual(['downstairs', 'jogging', 'sitting', 'standing', 'upstairs', 'walking']);
    expect(sensors).toMatchObject({ rateHz: 20, window: 160, step: 80 });
    const again = await gaitway('init', join(folder, 'other'), '--data', data);
    expect(again.stdout).toContain('gaitway.yaml: it is there, and used as it is');
    expect((await gaitway('inspect', data)).code).toBe(0);
  });

  it('asks nobody where there is no terminal, and writes nothing', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'a.csv'), `x,y,z\n${'0.1,1.01,0.1\n'.repeat(100)}`);
    const { code, stderr } = await gaitway('init', join(folder, 'study'), '--data', folder);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringContaining('person: expected an answer that the files do not give') as string,
    });
    expect(await readdir(folder)).toEqual(['a.csv']);
  });
});
