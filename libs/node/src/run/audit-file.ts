/** What an audit of a finished run has found: `audit.json` in its folder. */

import type { Digest } from '@gaitway/core/internal';
import { parseInput } from '@gaitway/core/internal';
import type { MembershipFigures } from '@gaitway/core/metrics';
import type { CanaryBound } from '@gaitway/core/privacy';
import type { StudyGroup } from '@gaitway/core/study';
import { z } from 'zod';
import { writeFileAtomically } from '../files/atomic-write.js';
import { parseJson } from '../files/json-lines.js';
import { readText } from '../files/read-file.js';
import { exists, type RunFolder } from './run-folder.js';

/** How well an attack on the model of a stage tells the people of a group from the test people. */
export interface MembershipAudit {
  readonly stage: string;
  readonly group: StudyGroup;
  /**
   * Whether the model has learned from the group (`learnedFrom`). Where it has not, the attack is the control: it finds
   * what tells the groups apart anyway.
   */
  readonly learned: 'yes' | 'no' | 'unknown';
  /** `loss`: how well the model knows the window; `ratio`: how much better than the model of the stage `reference`. */
  readonly attack: 'loss' | 'ratio';
  readonly reference?: string;
  readonly figures: MembershipFigures;
}

/** What guesses about canaries refute, beside what the accountant promises for the same rounds. */
export interface CanaryAudit extends CanaryBound {
  /** How many times the stages on clients were trained for it. */
  readonly trials: number;
  readonly confidence: number;
  readonly delta: number;
  /** The bound of an attack on as many canaries that is never wrong: this audit cannot show more. */
  readonly largest: number;
  readonly seconds: number;
  /** Absent without a privacy budget. */
  readonly promise?: AuditedPromise;
}

export interface AuditedPromise {
  /** Upper bound of the accountant's over the rounds that were repeated. */
  readonly epsilon: number;
  readonly releases: number;
  /** Whether the run's own ledger has a release for each round; it is elsewhere where runs share a budget. */
  readonly ledger: 'complete' | 'elsewhere';
}

export interface RunAudit {
  readonly studyDigest: Digest;
  readonly gaitway: string;
  readonly backend: string;
  readonly membership: readonly MembershipAudit[];
  readonly canaries?: CanaryAudit;
  /** Why there was no audit with canaries, where there was none. */
  readonly withoutCanaries?: string;
}

const count = z.int().nonnegative();
const share = z.number().min(0).max(1);
const interval = z.strictObject({ low: share, high: share });

const figuresSchema: z.ZodType<MembershipFigures> = z.strictObject({
  people: z.strictObject({
    members: count,
    others: count,
    auc: share,
    found: count,
    foundShare: z.strictObject({ lower: share, upper: share }),
  }),
  windows: z.strictObject({
    members: count,
    others: count,
    auc: share,
    aucInterval: interval.exactOptional(),
    found: share,
    foundInterval: interval.exactOptional(),
  }),
});

const canariesSchema: z.ZodType<CanaryAudit> = z.strictObject({
  canaries: count,
  guesses: count,
  correct: count,
  epsilon: z.number().nonnegative(),
  trials: count,
  confidence: share,
  delta: share,
  largest: z.number().nonnegative(),
  seconds: z.number().nonnegative(),
  promise: z
    .strictObject({
      epsilon: z.number().nonnegative(),
      releases: count,
      ledger: z.enum(['complete', 'elsewhere']),
    })
    .exactOptional(),
});

const auditSchema: z.ZodType<RunAudit> = z.strictObject({
  studyDigest: z.string(),
  gaitway: z.string(),
  backend: z.string(),
  membership: z.array(
    z.strictObject({
      stage: z.string(),
      group: z.enum(['labelled', 'clients']),
      learned: z.enum(['yes', 'no', 'unknown']),
      attack: z.enum(['loss', 'ratio']),
      reference: z.string().exactOptional(),
      figures: figuresSchema,
    }),
  ),
  canaries: canariesSchema.exactOptional(),
  withoutCanaries: z.string().exactOptional(),
});

/** Writes an audit into the run's folder; one that is there is replaced. */
export async function writeAudit(folder: RunFolder, audit: RunAudit): Promise<void> {
  await writeFileAtomically(folder.audit, `${JSON.stringify(audit, undefined, 2)}\n`);
}

/** The audit in a run's folder; undefined where there is none. @throws InvalidInput when the file was changed */
export async function readAudit(folder: RunFolder): Promise<RunAudit | undefined> {
  return (await exists(folder.audit))
    ? parseInput(auditSchema, parseJson(await readText(folder.audit), folder.audit), folder.audit)
    : undefined;
}
