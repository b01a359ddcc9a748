/** The study file's JSON Schema, with which an editor completes and checks it. */

import { z } from 'zod';
import { studySchema } from './study-schema.js';

/** JSON Schema (draft 7, which editors know best) of a study as it is written: what has a default may be left out. */
export function studyJsonSchema(): Readonly<Record<string, unknown>> {
  return { title: 'Gaitway study', ...z.toJSONSchema(studySchema, { io: 'input', target: 'draft-7' }) };
}
