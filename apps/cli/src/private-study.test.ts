import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gaitway, startGaitway, startGaitwayUntil } from './testing/gaitway-process.js';
import { clientNames, tinyStudy, type TinyStudy, writeTinyStudy } from './testing/tiny-study.js';

const rounds = 3;

/** Three rounds, each a Gaussian mechanism with sigma 1 on all three clients: epsilon 8.385 (Balle and Wang 2018, exact). */
const spent = 8.3854;

async function writePrivateStudy(): Promise<TinyStudy> {
  const place = await writeTinyStudy();
  const privacy = { clip: 0.5, noiseMultiplier: 1, sampling: 1 };
  const student = { rounds, cohort: { minimum: 3 }, coordinatorTakesPart: false, privacy };
  const budget = { unit: 'person', epsilon: 9, delta: 1e-5, clients: 3 };
  await writeFile(place.study, JSON.stringify({ ...tinyStudy(student), privacy: budget }));
  return place;
}

function simulation({ folder, study, data }: TinyStudy, run: string): readonly string[] {
  return ['simulate', study, '--data', data, '--run', join(folder, run), '--backend', 'cpu'];
}

async function ledgerLines(folder: string): Promise<readonly unknown[]> {
  const text = await readFile(join(folder, 'privacy.jsonl'), 'utf8');
  return text.trimEnd().split('\n').map((line) => JSON.parse(line) as unknown); // prettier-ignore
}

describe('a private study', () => {
  it('says what it has spent, and the next one on the same people is refused before it asks anybody', async () => {
    const place = await writePrivateStudy();
    const ledger = join(place.folder, 'budget');
    const { code, stdout } = await gaitway(...simulation(place, 'first'), '--budget', ledger, '--json');
    expect(code).toBe(0);
    const { privacy } = JSON.parse(stdout) as { readonly privacy: { readonly epsilon: number } };
    expect(privacy).toMatchObject({ unit: 'person', delta: 1e-5, budget: 9, releases: rounds });
    expect(privacy.epsilon).toBeCloseTo(spent, 3);
    const report = await readFile(join(place.folder, 'first', 'report.html'), 'utf8');
    expect(report).toMatch(/Differential privacy for each person.*8\.39.*>9</s);

    const refused = await gaitway(...simulation(place, 'second'), '--budget', ledger);
    expect(refused.code).toBe(3);
    expect(refused.stderr).toMatch(/found 3 with which it would be 1\d\.\d\d, of which 8\.39 is spent/);
    expect(await ledgerLines(ledger)).toHaveLength(rounds);
    await expect(readFile(join(place.folder, 'second', 'privacy-secret.json'))).rejects.toThrow('ENOENT');
  });

  it('spends nothing twice where it is killed and resumed', async () => {
    const place = await writePrivateStudy();
    const run = join(place.folder, 'killed');
    const killed = startGaitwayUntil(/^student 2\//m, ...simulation(place, 'killed'));
    expect((await killed.ended).code).toBeNull();
    expect(await ledgerLines(run)).toHaveLength(2);
    const resumed = await gaitway(...simulation(place, 'killed'));
    expect(resumed.code).toBe(0);
    expect(resumed.stdout).toContain(
      'Privacy of each person: epsilon 8.39 of a budget of 9 at delta 0.00001, after 3 releases',
    );
    expect(await ledgerLines(run)).toMatchObject([{ round: 1 }, { round: 2 }, { round: 3 }]);
  });

  it('runs over sockets with clients of one person each, and with nobody else', async () => {
    const place = await writePrivateStudy();
    const run = ['--run', join(place.folder, 'served'), '--backend', 'cpu', '--port', '0', '--json'];
    const coordinator = startGaitway('coordinator', place.study, '--data', place.data, ...run);
    const [, url = ''] = await coordinator.says(/is open at (\S+)/);
    const client = (...people: readonly string[]): ReturnType<typeof gaitway> =>
      gaitway('client', url, '--data', place.data, '--backend', 'cpu', '--people', people.join(','));
    const both = await client('person-03', 'person-04');
    expect(both.code).toBe(2);
    expect(both.stderr).toContain(
      'expected the recordings of one person, because the study protects each person by itself',
    );
    const explained = await gaitway('client', '--explain', url);
    expect(explained.stdout).toContain('reveal little about one person: epsilon 9 at delta 0.00001');
    expect((await Promise.all(clientNames.map((name) => client(name)))).map(({ code }) => code)).toEqual([0, 0, 0]);
    const { code, stdout } = await coordinator.ended;
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ privacy: { releases: rounds, unit: 'person' } });
  });
});
