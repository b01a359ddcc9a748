import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { gaitway } from '../testing/gaitway-process.js';
import { writeTinyStudy } from '../testing/tiny-study.js';

const names = ['forest', 'forest-orientation-free', 'forest-copies', 'random-kernels'];

/** Changes the study in its file. */
async function rewrite(study: string, changes: object): Promise<void> {
  const written = JSON.parse(await readFile(study, 'utf8')) as object;
  await writeFile(study, JSON.stringify({ ...written, ...changes }));
}

describe('gaitway baseline', () => {
  it('prints a table of what each method reaches, and one of them with everybody labelled', async () => {
    const { study, data } = await writeTinyStudy();
    const { code, stdout, stderr } = await gaitway('baseline', study, '--data', data);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lines = stdout.split('\n');
    expect(lines[0]).toMatch(/^Method +Weighted F1 +Macro F1 +Accuracy +Seconds$/);
    names.forEach((name, place) => {
      expect(lines[1 + place]).toMatch(new RegExp(`^${name}( +[01]\\.\\d{3}){3} +\\d+\\.\\d$`));
    });
    expect(lines[5]).toMatch(/^(forest|random)[a-z-]*, everybody labelled( +[01]\.\d{3}){3} +\d+\.\d$/);
    expect(stdout).toContain('Learned from 36 labelled windows, tested on 36 test windows.');
    expect(stdout).toContain('Everybody labelled: 144 windows of 4 people');
  });

  it('prints one document, the same figures for the same seed', async () => {
    const { study, data } = await writeTinyStudy();
    const run = async (seed: string): Promise<readonly { readonly name: string; readonly evaluation: object }[]> => {
      const { code, stdout } = await gaitway('baseline', study, '--data', data, '--seed', seed, '--json');
      expect(code).toBe(0);
      const document = JSON.parse(stdout) as { readonly study: object; readonly baselines: [] };
      expect(document.study).toEqual({ name: 'tiny', seed: Number(seed) });
      return document.baselines.map(({ name, evaluation }) => ({ name, evaluation }));
    };
    const first = await run('3');
    expect(first.map(({ name }) => name)).toEqual(names);
    expect(await run('3')).toEqual(first);
    expect(await run('4')).not.toEqual(first);
  });

  it('says which methods need three axes', async () => {
    const { study, data } = await writeTinyStudy();
    await rewrite(study, {
      sensors: { channels: ['x', 'y'], rateHz: 20, window: 64, step: 32, normalisation: 'z' },
      stages: 'supervised',
    });
    const { code, stdout } = await gaitway('baseline', study, '--data', data);
    expect(code).toBe(0);
    expect(stdout).toContain(`Without ${names.slice(1).join(', ')}: they need three channels, the axes of a sensor.`);
    expect(stdout).toMatch(/^forest, everybody labelled /m);
  });

  it('ends with 2 where a person is not there', async () => {
    const { study, data } = await writeTinyStudy();
    const people = { test: ['person-09'], labelled: ['person-02'], clients: ['person-03'] };
    await rewrite(study, { people, stages: 'supervised' });
    const { code, stderr } = await gaitway('baseline', study, '--data', data);
    expect(code).toBe(2);
    expect(stderr).toContain('people: expected recordings of person-09; found those of person-01');
  });
});
