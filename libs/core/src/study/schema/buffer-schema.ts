/** The schema of a stage's buffer, with which rounds wait for no particular clients. */

import { z } from 'zod';
import { count, deadline } from './schema-values.js';
import type { BufferPlan } from '../study.js';

export const buffer: z.ZodType<BufferPlan> = z
  .strictObject({
    size: count.describe('A round ends with this many updates, from whoever sent them first'),
    concurrency: count.describe('Number of clients that are at work at a time'),
    deadline: deadline
      .exactOptional()
      .describe('Seconds after which a client that has not answered a task is told to stop, and has failed'),
    maxStaleness: z
      .int()
      .min(0)
      .default(10)
      .describe('A client that still trains a model more rounds old than this is told to stop'),
    stalenessExponent: z
      .number()
      .min(0)
      .default(0.5)
      .describe('An update of a model that is s rounds old counts (1 + s)^-stalenessExponent times'),
  })
  .describe('The coordinator keeps clients at work all the time, in place of a cohort in each round');
