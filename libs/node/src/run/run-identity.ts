/** What makes a run the one it is: the same again goes on with it, anything else is refused. */

import { canonicalJson, InvalidInput, type Digest, type Normalisation } from '@gaitway/core';
import { z } from 'zod';
import { normalisationSchema } from '../models/model-schemas.js';

export interface RunIdentity {
  /** Version of Gaitway that began it. Another may round otherwise. */
  readonly gaitway: string;
  /** The study's name. */
  readonly study: string;
  readonly seed: number;
  /** Of the study. */
  readonly digest: Digest;
  readonly backend: string;
  /** Of the recordings; absent where each site normalises by its own. */
  readonly normalisation?: Normalisation;
  /** The digest of the record of another run, where only those count whose answers counted there; else `as drawn`. */
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

const names: Readonly<Record<keyof RunIdentity, string>> = {
  gaitway: 'version',
  study: 'study',
  seed: 'seed',
  digest: 'a study with the digest',
  backend: 'backend',
  normalisation: 'recordings that are normalised by',
  cohorts: 'cohorts',
};

/**
 * Passes when a run can go on as what it began as.
 *
 * @param began - What the run in the folder began as
 * @param asked - What is known so far of the run that is asked for
 * @throws InvalidInput naming both where they differ.
 */
export function refuseOtherRun(path: string, began: RunIdentity, asked: Partial<RunIdentity>): void {
  const keys = Object.keys(asked) as readonly (keyof RunIdentity)[];
  const differing = keys.filter((key) => canonicalJson(began[key] ?? null) !== canonicalJson(asked[key] ?? null));
  // A digest says nothing to a reader: it is named only where nothing else tells the studies apart.
  const told = differing.filter((key) => key !== 'digest' || !differing.some((other) => partOfDigest.has(other)));
  if (told.length > 0) {
    const issues = told.map((key) => ({
      path: '',
      message: `expected ${names[key]} ${textOf(began[key])}, with which the run in this folder began, found ${names[key]} ${textOf(asked[key])}: choose another folder`,
    }));
    throw new InvalidInput(path, issues);
  }
}

const partOfDigest: ReadonlySet<keyof RunIdentity> = new Set(['study', 'seed']);

function textOf(value: RunIdentity[keyof RunIdentity]): string {
  return typeof value === 'object' ? canonicalJson(value) : String(value ?? 'none');
}
