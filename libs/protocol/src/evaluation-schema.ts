/** What an evaluation must look like to be believed. */

import type { Evaluation } from '@gaitway/core';
import { z } from 'zod';
import { count, name } from './field-schemas.js';

const figure = z.number().nullable();
const classSchema = z.strictObject({
  name,
  precision: figure,
  recall: figure,
  specificity: figure,
  f1: figure,
  rocAuc: figure,
  support: count,
});

export const evaluationSchema: z.ZodType<Evaluation> = z
  .strictObject({
    windows: count,
    accuracy: z.number(),
    weightedF1: z.number(),
    macroF1: z.number(),
    microF1: z.number(),
    kappa: figure,
    rocAuc: figure,
    logLoss: z.number(),
    confusion: z.array(z.array(count)),
    classes: z.array(classSchema),
  })
  .refine(isSquare, { path: ['confusion'], message: 'expected a row and a column for each class' });

function isSquare({ confusion, classes }: Evaluation): boolean {
  return confusion.length === classes.length && confusion.every((row) => row.length === classes.length);
}
