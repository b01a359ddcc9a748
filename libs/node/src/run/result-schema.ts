/** What `result.json` looks like, for reading it back. */

import { z } from 'zod';
import { evaluationSchema } from '@gaitway/protocol';
import { recordedChoiceSchema } from './choice-file.js';
import type { RunResult } from './run-result.js';

const count = z.int().nonnegative();
const digest = z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 in lower-case hexadecimal');

export const resultSchema: z.ZodType<RunResult> = z.strictObject({
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
