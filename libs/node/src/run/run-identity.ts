/** The properties that identify a run: a run with the same properties continues it, any other is refused. */

import { InvalidInput } from '@gaitway/core';
import { normalisationSchema } from '@gaitway/core/classifier';
import type { Normalisation } from '@gaitway/core/inputs';
import { canonicalJson, type Digest } from '@gaitway/core/internal';
import { z } from 'zod';

export interface RunIdentity {
  /**
   * Version of Gaitway that began it. Versions that differ in the last number alone (a patch) give the same bits and read
   * each other's states; others may not.
   */
  readonly gaitway: string;
  /** The study's name. */
  readonly study: string;
  readonly seed: number;
  /** Digest of the study. */
  readonly digest: Digest;
  readonly backend: string;
  /** Normalisation of the recordings; absent where each site normalises by its own. */
  readonly normalisation?: Normalisation;
  /** Digest of the cohorts of another run that this one repeats; otherwise `as drawn`. */
  readonly cohorts: string;
}

export const runIdentitySchema: z.ZodType<RunIdentity> = z.strictObject({
  gaitway: z.string(),
  study: z.string(),
  seed: z.number(),
  digest: z.string(),
  backend: z.string(),
  normalisation: normalisationSchema.exactOptional(),
  cohorts: z.string(),
});

const names: Readonly<Record<Exclude<keyof RunIdentity, 'gaitway'>, string>> = {
  study: 'study',
  seed: 'seed',
  digest: 'a study with the digest',
  backend: 'backend',
  normalisation: 'recordings that are normalised by',
  cohorts: 'cohorts',
};

/**
 * Passes when a run may be continued with the requested properties.
 *
 * @param began - Properties of the run in the folder
 * @param asked - The properties of the requested run that are known so far
 * @throws InvalidInput naming both where they differ.
 */
export function refuseOtherRun(path: string, began: RunIdentity, asked: Partial<RunIdentity>): void {
  const keys = Object.keys(asked) as readonly (keyof RunIdentity)[];
  const differing = keys.filter((key) => comparable(began, key) !== comparable(asked, key));
  // A digest means nothing to a reader: it is reported only where nothing else distinguishes the studies.
  const told = differing.filter((key) => key !== 'digest' || !differing.some((other) => partOfDigest.has(other)));
  if (told.length > 0) {
    const issues = told.map((key) => ({
      path: '',
      message:
        key === 'gaitway'
          ? versionText(began.gaitway, asked.gaitway)
          : `expected ${names[key]} ${textOf(began[key])}, with which the run in this folder began, found ${names[key]} ${textOf(asked[key])}: choose another folder`,
    }));
    throw new InvalidInput(path, issues);
  }
}

/** The text by which a property of two runs is compared. */
function comparable(identity: Partial<RunIdentity>, key: keyof RunIdentity): string {
  return key === 'gaitway' ? minorOf(identity.gaitway) : canonicalJson(identity[key] ?? null);
}

/** `0.1` for any patch of version 0.1. */
function minorOf(version = ''): string {
  return version.split('.', 2).join('.');
}

function versionText(began: string, asked = ''): string {
  const found = `expected Gaitway ${began}, with which the run in this folder began, or another ${minorOf(began)}, found Gaitway ${asked}`;
  return `${found}: install that version to go on with the run, or start a new one in another folder, whose stages can begin with the models that are stored here ("from: { model: FILE }")`;
}

const partOfDigest: ReadonlySet<keyof RunIdentity> = new Set(['study', 'seed']);

function textOf(value: RunIdentity[keyof RunIdentity]): string {
  return typeof value === 'object' ? canonicalJson(value) : String(value ?? 'none');
}
