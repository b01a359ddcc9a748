/** What an update must look like, in each form in which it can travel, to be believed. */

import type { Delta, PackedDelta } from '@gaitway/core';
import { z } from 'zod';
import { bytes, floats, halves, smallNumbers } from './field-schemas.js';

const packed: z.ZodType<PackedDelta> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('fp16'), halves }),
  z.strictObject({ kind: z.literal('bf16'), halves }),
  z.strictObject({ kind: z.literal('int8'), scales: floats, steps: smallNumbers }),
  z.strictObject({ kind: z.literal('top-k'), gaps: bytes, values: floats }),
]);

/** Bytes are the numbers themselves; a map names another form. A form that fails says why, not that none fits. */
export const delta: z.ZodType<Delta> = z.unknown().transform((value, context): Delta => {
  const parsed = (value instanceof Uint8Array ? floats : packed).safeParse(value);
  parsed.error?.issues.forEach((issue) => {
    context.addIssue({ ...issue });
  });
  return parsed.data ?? z.NEVER;
});
