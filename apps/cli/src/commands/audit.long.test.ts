import { createRng, syntheticPeople } from '@gaitway/core';
import { writeCsvFolder } from '@gaitway/node';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gaitway } from '../testing/gaitway-process.js';
import { tinyStudy, type TinyStudy, writeTinyStudy } from '../testing/tiny-study.js';

/** Two rounds, each a Gaussian mechanism with sigma 1 on all three clients: epsilon 6.573 (Balle and Wang 2018, exact). */
const promised = 6.5734;

interface Audited {
  readonly studyDigest: string;
  readonly membership: readonly { readonly stage: string; readonly group: string; readonly learned: string }[];
  readonly canaries: {
    readonly epsilon: number;
    readonly largest: number;
    readonly canaries: number;
    readonly promise?: { readonly epsilon: number; readonly ledger: string };
  };
}

async function simulated(isPrivate: boolean): Promise<TinyStudy & { readonly run: string }> {
  const place = await writeTinyStudy();
  const privacy = { clip: 0.5, noiseMultiplier: 1, sampling: 1 };
  const student = { cohort: { minimum: 3 }, coordinatorTakesPart: false, privacy };
  const study = isPrivate
    ? { ...tinyStudy(student), privacy: { unit: 'person', epsilon: 9, delta: 1e-5, clients: 3 } }
    : tinyStudy();
  await writeFile(place.study, JSON.stringify(study));
  const run = join(place.folder, 'run');
  const { code, stderr } = await gaitway('simulate', place.study, '--data', place.data, '--run', run, '--backend', 'wasm'); // prettier-ignore
  expect(stderr).toBe('');
  expect(code).toBe(0);
  return { ...place, run };
}

const audit = (run: string, data: string, ...options: readonly string[]): ReturnType<typeof gaitway> =>
  gaitway('audit', run, '--data', data, '--workers', '1', ...options);

describe('gaitway audit', () => {
  it('sets a lower bound beside the epsilon of the accountant, and below it', async () => {
    const place = await simulated(true);
    const { code, stdout } = await audit(place.run, place.data, '--json');
    expect(code).toBe(0);
    const { run, ...found } = JSON.parse(stdout) as Audited & { readonly run: string };
    const { membership, canaries } = found;
    expect(canaries.promise).toEqual({ epsilon: expect.closeTo(promised, 3), releases: 2, ledger: 'complete' });
    expect(canaries.canaries).toBe(1000);
    expect(canaries.epsilon).toBeLessThan(promised);
    expect(canaries.epsilon).toBeGreaterThan(0.5);
    expect(membership.map(({ stage, group, learned }) => `${stage}, ${group}: ${learned}`)).toEqual([
      'teacher, labelled: yes',
      'student, labelled: yes',
      'fine-tune, labelled: yes',
      'teacher, clients: no',
      'student, clients: yes',
      'student, clients: yes',
      'fine-tune, clients: yes',
      'fine-tune, clients: yes',
    ]);
    expect(run).toBe(place.run);
    expect(JSON.parse(await readFile(join(run, 'audit.json'), 'utf8'))).toEqual(found);
    expect(await readFile(join(run, 'report.html'), 'utf8')).toContain('which the audit does not refute');
    // The audit has spent nothing of the run's budget, and left no secret.
    const [first = '', ...others] = (await readFile(join(run, 'privacy.jsonl'), 'utf8')).trimEnd().split('\n');
    expect(others).toHaveLength(1);
    await expect(readFile(join(run, 'privacy-secret.json'))).rejects.toThrow('ENOENT');

    await writeFile(join(run, 'privacy.jsonl'), `${first}\n`);
    const shortened = await audit(run, place.data);
    expect(shortened.code).toBe(2);
    expect(shortened.stderr).toMatch(/privacy\.jsonl: expected 2 releases like .*, as the study plans, found 1: lines are missing/); // prettier-ignore
    await rm(join(run, 'privacy.jsonl'));
    const elsewhere = await audit(run, place.data, '--json');
    expect((JSON.parse(elsewhere.stdout) as Audited).canaries.promise).toMatchObject({ ledger: 'elsewhere' });
  });

  it('finds every canary of a run without privacy, and refuses recordings and models of other runs', async () => {
    const place = await simulated(false);
    const { code, stdout } = await audit(place.run, place.data);
    expect(code).toBe(0);
    expect(stdout).toMatch(/Training the stages on clients once again, with canaries: at the run's pace \d/);
    expect(stdout).toContain('canaries 1/1: student 2/2');
    expect(stdout).toContain('1 training with 1,000 canaries: 800 of 800 guesses about them are right.');
    expect(stdout).toContain('Epsilon is at least 5.04 (confidence 95%, delta 0.00001).');
    expect(stdout).toContain('The study has no privacy budget, so nothing is promised');
    const again = await audit(place.run, place.data, '--trials', '0');
    expect(again.stdout).toContain('No canaries: none was asked for.');
    expect(again.stdout).toMatch(/teacher +clients': 3 against 1 \(control\) +loss /);

    const shortened = join(place.folder, 'shortened');
    const people = syntheticPeople({ people: 5, secondsPerActivity: 12, rateHz: 20 }, createRng(1));
    await writeCsvFolder(shortened, people.filter(({ subject, labels }) => subject !== 'person-05' || labels?.names[0] === 'walking')); // prettier-ignore
    const other = await audit(place.run, shortened);
    expect(other.code).toBe(2);
    expect(other.stderr).toMatch(
      /recordings other than those of the run: clients\.person-05: expected \d+ windows, found \d+/,
    );
    const path = join(place.run, 'models', 'teacher.safetensors');
    const { studyDigest } = JSON.parse(await readFile(join(place.run, 'audit.json'), 'utf8')) as Audited;
    const written = await readFile(path, 'latin1');
    await writeFile(path, written.replace(studyDigest, 'ab'.repeat(32)), 'latin1');
    const model = await audit(place.run, place.data);
    expect(model.code).toBe(2);
    expect(model.stderr).toMatch(/safetensors: studyDigest: expected a model of the study [0-9a-f]{64}, found one of/);
    const empty = await audit(place.data, place.data);
    expect(empty.code).toBe(2);
    expect(empty.stderr).toContain("expected a run's folder, found no study.json in it");
  });
});
