/**
 * What the private rounds of a run release, in a file that outlives the run. A round's entry is on the disk before
 * anything of the round is computed, and so is the secret from which its cohort and its noise are drawn: a run that was
 * killed in the round draws the same again, and spends nothing twice. The next round's secret replaces it. So a round whose
 * result was stored, and is lost by damage to the disk, is never released again with the same noise: it is counted again.
 */

import { InvalidInput, type PrivacyPlan, type Study } from '@gaitway/core';
import {
  type PlannedRelease,
  plannedReleases,
  type PrivacyLedger,
  releaseOf,
  requireWithinBudget,
} from '@gaitway/core/engine';
import { parseInput } from '@gaitway/core/internal';
import { epsilonOf, type PrivacyEvent, type RandomBytes } from '@gaitway/core/privacy';
import { createCipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeFileAtomically } from '../files/atomic-write.js';
import { claimFolder } from '../files/claim-folder.js';
import { appendJsonLines, cutLines, parseJson, readJsonLines } from '../files/json-lines.js';
import { readText } from '../files/read-file.js';
import { exists } from './run-folder.js';

/** What has been spent of a privacy budget. */
export interface PrivacySpending {
  readonly unit: PrivacyPlan['unit'];
  /** Upper bound over all releases that the ledger counts, of this run and of earlier ones. */
  readonly epsilon: number;
  readonly delta: number;
  /** The budget's epsilon. */
  readonly budget: number;
  /** Number of releases, of this run and of earlier ones. */
  readonly releases: number;
}

export interface StoredPrivacyLedger extends PrivacyLedger, AsyncDisposable {
  readonly spending: () => PrivacySpending;
  /** Deletes the secret of the last round, which is not repeated any more. */
  readonly forget: () => Promise<void>;
}

export interface PrivacyLedgerPlan {
  readonly study: Study & { readonly privacy: PrivacyPlan };
  /** Path of the run's folder, which this process has claimed. */
  readonly run: string;
  /** The last round whose result is stored; absent in a new run. */
  readonly after?: Pick<PlannedRelease, 'stage' | 'round'> | undefined;
  /** Folder of a ledger that several runs on the same people share; the run's own if absent. */
  readonly budget?: string | undefined;
  readonly now: () => Date;
}

const entrySchema = z.strictObject({
  time: z.iso.datetime(),
  study: z.string(),
  unit: z.enum(['person', 'client']),
  stage: z.string(),
  round: z.int().min(1),
  sampling: z.number().gt(0).max(1),
  noiseMultiplier: z.number().gt(0),
  /** SHA-256 of the round's secret, by which a run knows its own entries. */
  secretSha256: z.string(),
});
type Entry = z.infer<typeof entrySchema>;

const secretSchema = z.strictObject({ stage: z.string(), round: z.int().min(1), secret: z.base64() });
type Secret = z.infer<typeof secretSchema>;

const SECRET_BYTES = 32;

/** Only the owner of the run reads the secrets. */
const OWNER_ONLY = 0o600;

/** File of a ledger in its folder. */
const LEDGER_FILE = 'privacy.jsonl';

/** In the folder of the run. */
const SECRET_FILE = 'privacy-secret.json';

/**
 * Opens the ledger of a run, a new one or one that is continued.
 *
 * @throws StudyStopped when the rounds that are left would exceed the budget; InvalidInput when the ledger cannot be read,
 *   protects another unit, or another process uses it
 */
export async function openPrivacyLedger(plan: PrivacyLedgerPlan): Promise<StoredPrivacyLedger> {
  const { run, budget: folder = run } = plan;
  await mkdir(folder, { recursive: true });
  const claim = folder === run ? undefined : await claimFolder(folder);
  try {
    const ledger = await readLedger(plan, join(folder, LEDGER_FILE), join(run, SECRET_FILE));
    return { ...ledger, [Symbol.asyncDispose]: async () => claim?.[Symbol.asyncDispose]() };
  } catch (error) {
    await claim?.[Symbol.asyncDispose]();
    throw error;
  }
}

async function readLedger(
  plan: PrivacyLedgerPlan,
  file: string,
  secretFile: string,
): Promise<Omit<StoredPrivacyLedger, keyof AsyncDisposable>> {
  const { study, after } = plan;
  let entries = await readEntries(file, study.privacy);
  let last = await readSecret(secretFile);
  const isRecorded = ({ secret }: Secret): boolean =>
    entries.some(({ secretSha256 }) => secretSha256 === digestOf(secret));
  const isRepeated = (release: Release): boolean => last !== undefined && isSame(last, release) && isRecorded(last);
  requireWithinBudget(
    study.privacy,
    entries.map(releaseOf),
    plannedAfter(study, after).filter((release) => !isRepeated(release)),
  );
  return {
    open: async (release) => {
      if (!last || !isSame(last, release)) {
        const { stage, round } = release;
        last = { stage, round, secret: randomBytes(SECRET_BYTES).toString('base64') };
        await writeFileAtomically(secretFile, JSON.stringify(last), { mode: OWNER_ONLY });
      }
      if (!isRecorded(last)) {
        const entry = entryOf(plan, release, last);
        await appendJsonLines(file, [entry]);
        entries = [...entries, entry];
      }
      return { cohort: keystream(last, 'cohort'), noise: keystream(last, 'noise') };
    },
    spending: () => spendingOf(study.privacy, entries),
    forget: () => rm(secretFile, { force: true }),
  };
}

type Release = Pick<PlannedRelease, 'stage' | 'round'>;

function isSame(one: Release, other: Release): boolean {
  return one.stage === other.stage && one.round === other.round;
}

/** The releases of the rounds that are left. The last stored round may be one of a stage without releases. */
function plannedAfter(study: Study, after: Release | undefined): readonly PlannedRelease[] {
  const indexOf = (name: string): number => study.stages.findIndex((stage) => stage.name === name);
  const reached = after ? indexOf(after.stage) : -1;
  return plannedReleases(study).filter(
    ({ stage, round }) => indexOf(stage) > reached || (stage === after?.stage && round > after.round),
  );
}

/** What a shared ledger has counted so far; nothing where there is none. @throws InvalidInput when it cannot be read */
export async function releasesIn(budget: string, plan: PrivacyPlan): Promise<readonly PrivacyEvent[]> {
  return (await readEntries(join(budget, LEDGER_FILE), plan)).map(releaseOf);
}

/** The ledger's entries; the rest of one that was cut short is removed: nothing of its round was computed. */
async function readEntries(file: string, { unit }: PrivacyPlan): Promise<readonly Entry[]> {
  if (!(await exists(file))) {
    return [];
  }
  await cutLines(file);
  const { documents } = await readJsonLines(file, entrySchema);
  for (const [index, entry] of documents.entries()) {
    if (entry.unit === unit) {
      continue;
    }
    const message = `expected releases that protect a ${unit}, as the study does, found one that protects a ${entry.unit}: use another budget`;
    throw new InvalidInput(`${file}, line ${index + 1}`, [{ path: 'unit', message }]);
  }
  return documents;
}

async function readSecret(file: string): Promise<Secret | undefined> {
  return (await exists(file)) ? parseInput(secretSchema, parseJson(await readText(file), file), file) : undefined;
}

function digestOf(secret: string): string {
  return createHash('sha256').update(Buffer.from(secret, 'base64')).digest('hex');
}

function entryOf(
  { study, now }: PrivacyLedgerPlan,
  { stage, round, event }: PlannedRelease,
  { secret }: Secret,
): Entry {
  return {
    time: now().toISOString(),
    study: study.name,
    unit: study.privacy.unit,
    stage,
    round,
    sampling: event.rate,
    noiseMultiplier: event.noiseMultiplier,
    secretSha256: digestOf(secret),
  };
}

function spendingOf({ unit, epsilon, delta }: PrivacyPlan, entries: readonly Entry[]): PrivacySpending {
  return {
    unit,
    epsilon: epsilonOf(entries.map(releaseOf), delta).epsilon,
    delta,
    budget: epsilon,
    releases: entries.length,
  };
}

/** ChaCha20 (RFC 8439) under a key of its own for each purpose (HKDF, RFC 5869). */
function keystream({ secret }: Secret, purpose: 'cohort' | 'noise'): RandomBytes {
  const key = hkdfSync('sha256', Buffer.from(secret, 'base64'), '', `gaitway privacy ${purpose}`, SECRET_BYTES);
  const cipher = createCipheriv('chacha20', Buffer.from(key), Buffer.alloc(16));
  return (bytes) => {
    bytes.set(cipher.update(Buffer.alloc(bytes.length)));
  };
}
