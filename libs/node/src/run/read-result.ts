/** Reads `result.json`. */

import { InvalidInput, type Issue, parseInput } from '@gaitway/core';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { evaluationSchema } from '@gaitway/protocol';
import { parseJson } from '../files/json-lines.js';
import { recordedChoiceSchema } from './choice-file.js';
import type { RunResult } from './run-result.js';
import { gaitwayVersion } from './version.js';

/** @throws InvalidInput with everything that is invalid, and with the version that wrote the file if it is another. */
export async function readResult(path: string): Promise<RunResult> {
  const document = parseJson(await readFile(path, 'utf8'), path);
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
  clients: z.array(
    z.strictObject({ name: z.string(), windows: count, accepted: z.record(z.string(), count), rounds: count }),
  ),
  traffic: z.strictObject({ bytesDown: count, bytesUp: count }),
  model: z.strictObject({ path: z.string(), sha256: digest }),
});
