import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gaitway } from '../testing/gaitway-process.js';
import { refusalOf } from '../testing/refusal.js';
import { writeTinyStudy } from '../testing/tiny-study.js';

const candidates = { slow: { steps: 2 }, usual: {} };

/** The tiny study with two labelled people, and the given keys replaced. */
async function writeChoosing(changes: object): Promise<{ readonly study: string; readonly data: string }> {
  const { folder, study, data } = await writeTinyStudy();
  const written = JSON.parse(await readFile(study, 'utf8')) as Readonly<Record<string, object>>;
  const people = { test: ['person-01'], labelled: ['person-02', 'person-03'] };
  const path = join(folder, 'choosing.json');
  await writeFile(path, JSON.stringify({ ...written, people, ...changes }));
  return { study: path, data };
}

describe('gaitway tune', () => {
  it('tells how the candidates compare, and which of them is chosen', async () => {
    const { study, data } = await writeChoosing({ choose: { candidates } });
    const { code, stdout } = await gaitway('tune', study, '--data', data, '--backend', 'wasm');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^slow 1\/2: without person-02, weighted F1 \d\.\d{3}$/m);
    expect(stdout).toMatch(/^usual 2\/2: without person-03, weighted F1 \d\.\d{3}$/m);
    expect(stdout).toMatch(/^ +without person-02 +without person-03 +mean +macro F1 +log loss$/m);
    expect(stdout).toMatch(/^(slow|usual)( +\d\.\d{3}){5} +chosen$/m);
    expect(stdout).toMatch(/^Temperature \d+\.\d{3}; from these confidences on/m);
  });

  it('compares the default candidates where the study names none, as one JSON document', async () => {
    const stages = [{ name: 'teacher', where: 'coordinator', objective: 'supervised', steps: 1 }];
    const { study, data } = await writeChoosing({ stages });
    const { code, stdout } = await gaitway('tune', study, '--data', data, '--backend', 'wasm', '--json', '--seed', '3');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      study: { name: 'tiny', seed: 3 },
      backend: 'wasm',
      candidates: ['pocket', 'fixed', 'fixed-z', 'free'].map((name) => ({ name })),
      calibration: { thresholds: expect.any(Array) as unknown },
    });
  });

  it('ends with 2 for a study that cannot choose, and for people who are not there', async () => {
    const stages = [{ name: 'train', where: 'clients', objective: 'supervised', rounds: 1, epochs: 1 }];
    const { study, data } = await writeChoosing({ stages });
    expect(await refusalOf('tune', study, '--data', data)).toMatchObject({
      exitCode: 2,
      message: expect.stringContaining('choose: expected a supervised stage of the coordinator') as unknown,
    });
    const other = await writeChoosing({ people: { test: ['person-01'], labelled: ['nobody'] } });
    expect(await refusalOf('tune', other.study, '--data', other.data, '--backend', 'wasm')).toMatchObject({
      exitCode: 2,
      message: expect.stringContaining('expected recordings of nobody') as unknown,
    });
  });
});
