/** Validates an evaluation that a client sent. */

import type { Evaluation } from '@gaitway/core';
import { z } from 'zod';
import { count, mapOf, name, text } from './field-schemas.js';

const figure = z.number().nullable();
const classSchema = mapOf({
  name,
  precision: figure,
  recall: figure,
  specificity: figure,
  f1: figure,
  rocAuc: figure,
  support: count,
});

const averageSchema = mapOf({ precision: figure, recall: figure, specificity: figure });
const calibrationSchema = mapOf({
  error: z.number(),
  bins: z.array(mapOf({ windows: count, confidence: figure, accuracy: figure })),
});
const confusionSchema = z.array(z.array(count));
const interval = mapOf({ low: z.number(), high: z.number() });
const intervalsSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none'), reason: text }),
  z.strictObject({
    kind: z.literal('people'),
    level: z.number(),
    people: count,
    resamples: count,
    weightedF1: interval,
    macroF1: interval,
    accuracy: interval,
  }),
]);

/** An evaluation, with confusion counts that fit its classes. */
export const evaluationSchema: z.ZodType<Evaluation> = mapOf({
  windows: count,
  accuracy: z.number(),
  weightedF1: z.number(),
  macroF1: z.number(),
  microF1: z.number(),
  averages: mapOf({ macro: averageSchema, weighted: averageSchema, micro: averageSchema }),
  kappa: figure,
  rocAuc: figure,
  logLoss: z.number(),
  calibration: calibrationSchema,
  intervals: intervalsSchema,
  people: z.array(mapOf({ name: text, windows: count, confusion: confusionSchema })).exactOptional(),
  confusion: confusionSchema,
  classes: z.array(classSchema),
}).refine(isSquare, { path: ['confusion'], message: 'expected a row and a column for each class' });

/** Whether the confusion counts, in total and of each person, have a row and a column for each class. */
function isSquare({ confusion, people = [], classes }: Evaluation): boolean {
  return [confusion, ...people.map((person) => person.confusion)].every(
    (counts) => counts.length === classes.length && counts.every((row) => row.length === classes.length),
  );
}
