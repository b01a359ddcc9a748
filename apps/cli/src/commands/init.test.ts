import { createRng, syntheticPeople } from '@gaitway/core';
import { readStudyFile, writeCsvFolder } from '@gaitway/node';
import { readFile, writeFile } from 'node:fs/promises';
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
