import { type PrivacyPlan, type Study, StudyStopped } from '@gaitway/core';
import { plannedReleases, type PlannedRelease } from '@gaitway/core/engine';
import { appendFile, mkdir, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sampleStudy } from '../testing/sample-study.js';
import { openPrivacyLedger, type PrivacyLedgerPlan, type StoredPrivacyLedger } from './privacy-ledger.js';

/** Two rounds, each a Gaussian mechanism with sigma 1 on everybody. */
function privateStudy(budget: Partial<PrivacyPlan> = {}): Study & { readonly privacy: PrivacyPlan } {
  const study = sampleStudy({ rounds: 2 });
  const noise = { clip: 1, noiseMultiplier: 1, sampling: 1 };
  const stages = study.stages.map((stage) => (stage.where === 'clients' ? { ...stage, privacy: noise } : stage));
  return { ...study, stages, privacy: { unit: 'person', epsilon: 7, delta: 1e-5, clients: 4, ...budget } };
}

let parent: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'gaitway-'));
  await Promise.all(['run', 'next', 'other'].map((name) => mkdir(join(parent, name))));
});
afterEach(() => rm(parent, { recursive: true }));

const [first, second] = plannedReleases(privateStudy()) as [PlannedRelease, PlannedRelease];

function open(changes: Partial<PrivacyLedgerPlan> = {}): Promise<StoredPrivacyLedger> {
  const now = (): Date => new Date(Date.UTC(2026, 2, 5));
  return openPrivacyLedger({ study: privateStudy(), run: join(parent, 'run'), now, ...changes });
}

/** The first noise of a release, as hexadecimal. */
async function noiseOf(ledger: StoredPrivacyLedger, release: PlannedRelease): Promise<string> {
  const bytes = new Uint8Array(8);
  const { noise, cohort } = await ledger.open(release);
  noise(bytes);
  const others = new Uint8Array(8);
  cohort(others);
  expect(others).not.toEqual(bytes);
  return Buffer.from(bytes).toString('hex');
}

async function entries(folder = 'run'): Promise<readonly string[]> {
  const text = await readFile(join(parent, folder, 'privacy.jsonl'), 'utf8');
  return text.split('\n').slice(0, -1);
}

describe('a privacy ledger', () => {
  it('has a release on the disk before its secret is used, and the secret for its owner alone', async () => {
    const ledger = await open();
    await ledger.open(first);
    const [entry, ...others] = await entries();
    expect(others).toEqual([]);
    expect(JSON.parse(entry!)).toMatchObject({ unit: 'person', stage: 'student', round: 1, sampling: 1, noiseMultiplier: 1 }); // prettier-ignore
    expect((await stat(join(parent, 'run', 'privacy-secret.json'))).mode & 0o777).toBe(0o600);
    // One Gaussian mechanism with sigma 1 at delta 1e-5: epsilon 4.3772 (Balle and Wang 2018, exact).
    expect(ledger.spending()).toMatchObject({ releases: 1, budget: 7 });
    expect(ledger.spending().epsilon).toBeCloseTo(4.3772, 3);
    await ledger.forget();
    await expect(stat(join(parent, 'run', 'privacy-secret.json'))).rejects.toThrow('ENOENT');
  });

  it('spends nothing twice where a run that was killed in a round is resumed, and draws the same noise', async () => {
    const before = await noiseOf(await open(), first);
    const again = await open();
    expect(await noiseOf(again, first)).toBe(before);
    expect(await entries()).toHaveLength(1);
    expect(await noiseOf(again, second)).not.toBe(before);
    expect(await entries()).toHaveLength(2);
    expect(await noiseOf(await open({ after: first }), second)).not.toBe(before);
    expect(await entries()).toHaveLength(2);
  });

  it('never releases a stored round with the same noise again: it counts as another release', async () => {
    const ledger = await open({ study: privateStudy({ epsilon: 10 }) });
    const before = await noiseOf(ledger, first);
    await ledger.open(second);
    expect(await noiseOf(await open({ study: privateStudy({ epsilon: 10 }) }), first)).not.toBe(before);
    expect(await entries()).toHaveLength(3);
  });

  it('refuses a run that would exceed the budget, with what earlier runs have spent, before it asks anybody', async () => {
    const budget = join(parent, 'budget');
    {
      await using ledger = await open({ budget, study: privateStudy({ epsilon: 7 }) });
      await ledger.open(first);
      await ledger.open(second);
    }
    const next = open({ budget, run: join(parent, 'next'), study: privateStudy({ epsilon: 7 }) });
    await expect(next).rejects.toThrow(StudyStopped);
    await expect(next).rejects.toThrow(/found 2 with which it would be 10\.00, of which 6\.58 is spent/);
    expect(await entries('budget')).toHaveLength(2);
    await using larger = await open({ budget, run: join(parent, 'next'), study: privateStudy({ epsilon: 10 }) });
    expect(larger.spending().releases).toBe(2);
  });

  it('leaves out a line that was cut short, whose round nobody computed, and refuses one that was changed', async () => {
    await (await open()).open(first);
    await appendFile(join(parent, 'run', 'privacy.jsonl'), '{"time":"2026');
    expect((await open()).spending().releases).toBe(1);
    expect(await entries()).toHaveLength(1);
    await appendFile(join(parent, 'run', 'privacy.jsonl'), '{"time":"2026"}\n');
    await expect(open()).rejects.toThrow(/privacy\.jsonl, line 2: time: expected/);
  });

  it('refuses to add up releases that protect different units, and a ledger that another run uses', async () => {
    const budget = join(parent, 'budget');
    const ledger = await open({ budget });
    await ledger.open(first);
    await expect(open({ budget, run: join(parent, 'other') })).rejects.toThrow('in which no other process works');
    await ledger[Symbol.asyncDispose]();
    await expect(open({ budget, study: privateStudy({ unit: 'client' }) })).rejects.toThrow(
      'expected releases that protect a client, as the study does, found one that protects a person',
    );
  });
});
