/** The results of a finished run: `result.json`. */

import { type Evaluation, InvalidInput, type Issue, type Stage } from '@gaitway/core';
import type { BaselineResult } from '@gaitway/core/baseline';
import { type Digest, parseInput } from '@gaitway/core/internal';
import { evaluationSchema } from '@gaitway/protocol';
import { readText } from '../files/read-file.js';
import { z } from 'zod';
import { parseJson } from '../files/json-lines.js';
import { type RecordedChoice, recordedChoiceSchema } from './choice-file.js';
import type { PrivacySpending } from './privacy-ledger.js';
import { gaitwayVersion } from './version.js';

export interface StageResult {
  readonly name: string;
  readonly where: Stage['where'];
  readonly rounds: number;
  readonly seconds: number;
  /** SHA-256 of the little-endian Float32 bytes of the stage's parameters. */
  readonly parametersSha256: Digest;
}

export interface ClientResult {
  readonly name: string;
  /** Number of windows that it could have used; `null` where it has withheld it. */
  readonly windows: number | null;
  /**
   * Number of windows that it used, keyed by activity, in the last round in which it reported them; `null` where it
   * withheld a small one.
   */
  readonly accepted: Readonly<Record<string, number | null>>;
  /** Number of rounds in which it answered. */
  readonly rounds: number;
}

/** Number of bytes between the coordinator and all clients, over the whole run. */
export interface Traffic {
  /** To the clients. */
  readonly bytesDown: number;
  /** From the clients. */
  readonly bytesUp: number;
}

export interface RunResult {
  readonly study: { readonly name: string; readonly digest: Digest; readonly seed: number };
  /** The version that ran it. */
  readonly gaitway: string;
  readonly backend: string;
  /** How the study's recipe was chosen; absent where the study specified it. */
  readonly choice?: RecordedChoice;
  readonly stages: readonly StageResult[];
  /** The last evaluation of each stage's parameters, keyed by stage. */
  readonly evaluation: Readonly<Record<string, Evaluation>>;
  /**
   * The same on people of the clients, whose labels no model was trained on: each stage's model, after the last stage.
   * Only where a simulation knows such labels.
   */
  readonly clientEvaluation?: RunResult['evaluation'];
  /** Results of classical methods on the same test windows, from the same labelled windows; absent where none ran. */
  readonly baselines?: readonly BaselineResult[];
  /** What has been spent of the study's privacy budget; absent without one. */
  readonly privacy?: PrivacySpending;
  readonly clients: readonly ClientResult[];
  readonly traffic: Traffic;
  /** The model of the last stage: its path in the run's folder, and the SHA-256 of the file. */
  readonly model: { readonly path: string; readonly sha256: Digest };
}

/** @throws InvalidInput with everything that is invalid, and with the version that wrote the file if it is another. */
export async function readResult(path: string): Promise<RunResult> {
  const document = parseJson(await readText(path), path);
  try {
    return parseInput(resultSchema, document, path);
  } catch (error) {
    throw error instanceof InvalidInput ? new InvalidInput(path, [...otherVersion(document), ...error.issues]) : error;
  }
}

const versionSchema = z.object({ gaitway: z.string() });

function otherVersion(document: unknown): readonly Issue[] {
  const version = versionSchema.safeParse(document).data?.gaitway ?? gaitwayVersion;
  const message = `expected a file of version ${gaitwayVersion}, found one of ${version}`;
  return version === gaitwayVersion ? [] : [{ path: 'gaitway', message }];
}

const count = z.int().nonnegative();
const digest = z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 in lower-case hexadecimal');

const resultSchema: z.ZodType<RunResult> = z.strictObject({
  study: z.strictObject({ name: z.string(), digest, seed: z.number() }),
  gaitway: z.string(),
  backend: z.string(),
  choice: recordedChoiceSchema.exactOptional(),
  stages: z.array(
    z.strictObject({
      name: z.string(),
      where: z.enum(['coordinator', 'clients']),
      rounds: count,
      seconds: z.number().nonnegative(),
      parametersSha256: digest,
    }),
  ),
  evaluation: z.record(z.string(), evaluationSchema),
  baselines: z.array(z.strictObject({ name: z.string(), evaluation: evaluationSchema })).exactOptional(),
  clientEvaluation: z.record(z.string(), evaluationSchema).exactOptional(),
  privacy: z
    .strictObject({
      unit: z.enum(['person', 'client']),
      epsilon: z.number().nonnegative(),
      delta: z.number().positive(),
      budget: z.number().positive(),
      releases: count,
    })
    .exactOptional(),
  clients: z.array(
    z.strictObject({
      name: z.string(),
      windows: count.nullable(),
      accepted: z.record(z.string(), count.nullable()),
      rounds: count,
    }),
  ),
  traffic: z.strictObject({ bytesDown: count, bytesUp: count }),
  model: z.strictObject({ path: z.string(), sha256: digest }),
});
