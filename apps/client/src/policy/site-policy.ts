/**
 * The policy of a site: what a study must at least promise before this client takes part, and which statistics may leave.
 * It applies without a file too, with the defaults below.
 */

import { InvalidInput } from '@gaitway/core';
import { parseInput, type Digest } from '@gaitway/core/internal';
import { readYamlFile } from '@gaitway/node';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** The least that a study must promise. */
export interface Floors {
  /** Number of windows behind an update. */
  readonly windows: number;
  /** Number of optimisation steps behind an update that have at least `batch` examples. */
  readonly steps: number;
  readonly batch: number;
  /** Number of clients whose updates are averaged with this client's, itself included. */
  readonly cohort: number;
  /** A number of windows below this is withheld; 0 withholds none. */
  readonly cell: number;
}

/** The most that a study may ask. */
export interface Ceilings {
  /** Length of a convolution's kernel, as a share of the window. */
  readonly kernel: number;
  /** Rate to which recordings are resampled. */
  readonly rateHz: number;
  /** Share of this machine's memory that recordings and network may take. */
  readonly memory: number;
  /** Minutes that one training may take. */
  readonly minutes: number;
  /** Rounds of all stages together in which this client may be asked; as many as the study has, if absent. */
  readonly rounds?: number;
  /** Megabytes that may travel in the whole study, in both directions together; any number, if absent. */
  readonly megabytes?: number;
  /** The study has a privacy budget of at most this epsilon; it need not have one, if absent. */
  readonly epsilon?: number;
}

/** Statistics that a site can keep to itself without being useless to the study. */
export const withholdable = ['windows', 'accepted'] as const;

export type WithholdableStatistic = (typeof withholdable)[number];

/** What a study can protect its clients by, where its coordinator is not trusted with it. */
export const protections = ['secureAggregation', 'noise'] as const;

export type Protection = (typeof protections)[number];

export interface SitePolicy {
  /** Digests of the studies that this client takes part in; any study, if absent. */
  readonly studies?: readonly Digest[];
  /** Fingerprints of the coordinators in whose studies this client takes part; of any, if absent. */
  readonly coordinators?: readonly string[];
  /** Fingerprints of the clients with whose updates this client's may be added up under masks, by name; of any, if absent. */
  readonly members?: Readonly<Record<string, string>>;
  /** What a study must protect this client by. */
  readonly requires: readonly Protection[];
  readonly floors: Floors;
  readonly ceilings: Ceilings;
  /** Those that may leave. */
  readonly statistics: readonly WithholdableStatistic[];
}

const floors = z.strictObject({
  windows: z.int().min(1).default(50),
  steps: z.int().min(1).default(8),
  batch: z.int().min(1).default(16),
  cohort: z.int().min(1).default(3),
  cell: z.int().min(0).default(5),
});

/** A week, in minutes: the timers of computers cannot count much longer. */
const LONGEST_TRAINING = 10_080;

const ceilings = z.strictObject({
  kernel: z.number().gt(0).max(1).default(0.5),
  rateHz: z.number().gt(0).default(1000),
  memory: z.number().gt(0).max(1).default(0.5),
  minutes: z.number().gt(0).max(LONGEST_TRAINING).default(120),
  rounds: z.int().min(1).exactOptional(),
  megabytes: z.number().gt(0).exactOptional(),
  epsilon: z.number().gt(0).exactOptional(),
});

const studyDigest = z.string().regex(/^[0-9a-f]{64}$/, 'the digest of a study: 64 digits from 0 to f');

const fingerprint = z
  .string()
  .regex(/^([0-9a-f]{4}-){7}[0-9a-f]{4}$/, 'the fingerprint of a key: eight groups of four digits from 0 to f');

/** A policy file. */
const policySchema: z.ZodType<SitePolicy> = z.strictObject({
  studies: z.array(studyDigest).exactOptional(),
  coordinators: z.array(fingerprint).exactOptional(),
  members: z.record(z.string(), fingerprint).exactOptional(),
  requires: z.array(z.enum(protections)).default([]),
  floors: floors.prefault({}),
  ceilings: ceilings.prefault({}),
  statistics: z.array(z.enum(withholdable)).default([...withholdable]),
});

/** The policy of a site that has written none. */
export const defaultPolicy: SitePolicy = parsePolicy({});

/** The lowest floors that a policy can have, for tests and benchmarks whose clients are nobody's recordings. */
export const lowestFloors: SitePolicy = parsePolicy({
  floors: { windows: 1, steps: 1, batch: 1, cohort: 1, cell: 0 },
  ceilings: { kernel: 1 },
});

/** The name that a policy has in a folder of recordings. */
const POLICY_FILE = 'policy.yaml';

/** @throws InvalidInput with everything that is wrong with it */
export function parsePolicy(input: unknown, source = 'policy'): SitePolicy {
  return parseInput(policySchema, input, source);
}

/**
 * Reads the policy of a site: `file` where it is given, else `policy.yaml` among the recordings, else the default.
 *
 * @throws InvalidInput when a file was given that is not there, or it is no policy
 */
export async function readPolicy(recordings: string | undefined, file?: string): Promise<SitePolicy> {
  const path = file ?? (recordings === undefined ? undefined : join(recordings, POLICY_FILE));
  if (path === undefined || (file === undefined && !(await exists(path)))) {
    return defaultPolicy;
  }
  return parsePolicy((await readYamlFile(path, 'policy file')) ?? {}, path);
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    // What cannot be looked at may hold a policy: nobody may take part without it.
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      return false;
    }
    throw new InvalidInput(path, [{ path: '', message: `cannot be read: ${message}` }]);
  }
}
