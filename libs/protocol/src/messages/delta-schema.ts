/** Validates the delta of an update, in each form in which it can travel. */

import type { Delta, PackedDelta } from '@gaitway/core';
import { z } from 'zod';
import { bytes, floats, halves, smallNumbers } from './field-schemas.js';

const packed: z.ZodType<PackedDelta> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('fp16'), halves }),
  z.strictObject({ kind: z.literal('bf16'), halves }),
  z.strictObject({ kind: z.literal('int8'), scales: floats, steps: smallNumbers }),
  z.strictObject({ kind: z.literal('top-k'), gaps: bytes, values: floats }),
]);

/** Bytes are the numbers themselves; a map is a compressed form. Its faults are reported, not just that no form fits. */
export const delta: z.ZodType<Delta> = z.unknown().transform((value, context): Delta => {
  const parsed = (value instanceof Uint8Array ? floats : packed).safeParse(value);
  parsed.error?.issues.forEach((issue) => {
    context.addIssue({ ...issue });
  });
  return parsed.data ?? z.NEVER;
});
