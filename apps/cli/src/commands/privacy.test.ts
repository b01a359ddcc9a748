import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gaitway } from '../testing/gaitway-process.js';
import { privateStudent as student } from '../testing/private-student.js';
import { temporaryFolder } from '../testing/temporary-folder.js';

const study = {
  name: 'private',
  activities: ['downstairs', 'upstairs', 'sitting', 'standing', 'walking', 'jogging'],
  sensors: {
    channels: ['x', 'y', 'z'],
    rateHz: 25,
    window: 200,
    step: 100,
    derived: ['magnitude', 'vertical', 'horizontal'],
    normalisation: 'axes',
  },
  people: { test: [1], labelled: [2] },
  privacy: { unit: 'person', epsilon: 8, delta: 1e-5, clients: 1000 },
  stages: [{ name: 'teacher', where: 'coordinator', objective: 'supervised', steps: 300 }, student],
};

async function outlook(changes: object, ...options: readonly string[]): Promise<Awaited<ReturnType<typeof gaitway>>> {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'study.json'), JSON.stringify({ ...study, ...changes }));
  return gaitway('privacy', join(folder, 'study.json'), ...options);
}

describe('gaitway privacy', () => {
  it('says what docs/privacy.md shows', async () => {
    const page = await readFile(join(import.meta.dirname, '../../../../docs/privacy.md'), 'utf8');
    const [, shown = 'nothing is shown'] = /```\n(Study "private".*?)```/s.exec(page) ?? [];
    expect((await outlook({})).stdout).toContain(shown);
    const [, budget = ''] = /^privacy: (\{.*\})$/m.exec(page) ?? [];
    expect(budget).toBe('{ unit: person, epsilon: 8, delta: 0.00001, clients: 1000 }');
  });

  it('counts what a shared ledger has, and says what would fit', async () => {
    const budget = join(await temporaryFolder(), 'budget');
    await mkdir(budget);
    const { clip, ...noise } = { ...student.privacy, noiseMultiplier: 1, sampling: 1 };
    expect(clip).toBe(0.5);
    const entry = { time: '2026-03-05T18:04:09.120Z', study: 'earlier', unit: 'person', stage: 'student', round: 1, ...noise, secretSha256: 'x' }; // prettier-ignore
    await writeFile(join(budget, 'privacy.jsonl'), `${JSON.stringify(entry)}\n`);
    const { code, stdout } = await outlook({}, '--budget', budget);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /over 201 releases, 4\.38 of it by 1 earlier release\.\nThe budget of epsilon 8 is exceeded/,
    );
    expect(stdout).toMatch(
      / {2}- 1\.\d\d times the noise keeps the budget\n {2}- with this noise, the budget permits \d+ rounds/,
    );
  });

  it('wants a study with a budget', async () => {
    const { code, stderr } = await outlook({ privacy: undefined, stages: [study.stages[0]] });
    expect(code).toBe(2);
    expect(stderr).toContain('privacy: expected a privacy budget (unit, epsilon, delta, clients), found none');
  });
});

describe('gaitway privacy --sheet', () => {
  it('prints the sheet alone, with a budget or without, and one document with --json', async () => {
    const { code, stdout, stderr } = await outlook({}, '--sheet');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^# Privacy of the study "private"\n/);
    expect(stdout).toContain('`gaitway privacy study.json --sheet` prints this page again');
    const open = await outlook({ privacy: undefined, stages: [study.stages[0]] }, '--sheet', '--json');
    expect(open.code).toBe(0);
    const { digest, sheet } = JSON.parse(open.stdout) as { readonly digest: string; readonly sheet: string };
    expect(sheet).toContain(`studies: [${digest}]`);
    expect(sheet).toContain('Differential privacy: none.');
  });
});
