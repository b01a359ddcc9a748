/** The schema of an experiment file: every key, its type and its default. */

import { nameInData, plainName } from '@gaitway/core/internal';
import { z } from 'zod';
import { backendNames, type BackendName } from '../../backend/backend-name.js';
import type { ComparedPair, ReferenceFigure, Split, SplitDraws } from '../experiment.js';

/** A method as its file specifies it: exactly one of `study` and `pipeline`, with a path relative to the file. */
export interface WrittenMethod {
  readonly study?: string;
  readonly stage?: string;
  readonly baseline?: string;
  readonly pipeline?: string;
  readonly step?: string;
}

/** An experiment whose methods have not been read yet. */
export interface WrittenExperiment {
  readonly name: string;
  readonly seeds: readonly number[];
  readonly windowsPerClass?: readonly number[];
  readonly test?: readonly string[];
  readonly splits?: readonly Split[];
  readonly draws?: SplitDraws;
  readonly compare?: readonly ComparedPair[];
  readonly backend?: BackendName;
  readonly methods: Readonly<Record<string, WrittenMethod>>;
  readonly reference: readonly ReferenceFigure[];
}

const text = z.string().min(1);
const count = z.int().min(1);

const method: z.ZodType<WrittenMethod> = z.strictObject({
  study: text.exactOptional(),
  stage: text.exactOptional(),
  baseline: text.exactOptional(),
  pipeline: text.exactOptional(),
  step: text.exactOptional(),
});

const people = z.array(nameInData).min(1);
const SPLIT_NAME = /^[a-z0-9]+$/;

const splits: z.ZodType<readonly Split[]> = z
  .array(
    z.strictObject({
      name: z.string().max(64).regex(SPLIT_NAME, 'a name of lower-case letters and digits').exactOptional(),
      labelled: people,
      test: people,
    }),
  )
  .min(1)
  .transform((list) => list.map((split, index) => ({ name: `split${index + 1}`, ...split })));

const draws: z.ZodType<SplitDraws> = z.strictObject({
  labelled: count,
  test: z.array(people).min(1),
  count,
  seed: z.int().min(0).default(1),
});

const reference: z.ZodType<ReferenceFigure> = z.strictObject({
  name: text,
  windowsPerClass: count,
  weightedF1: z.number().min(0).max(1),
});

export const experimentSchema: z.ZodType<WrittenExperiment> = z.strictObject({
  name: plainName,
  seeds: z.array(z.int().min(0)).min(1),
  windowsPerClass: z.array(count).min(1).exactOptional(),
  test: people.exactOptional(),
  splits: splits.exactOptional(),
  draws: draws.exactOptional(),
  compare: z
    .array(z.strictObject({ method: text, against: text }))
    .min(1)
    .exactOptional(),
  backend: z.enum(backendNames).exactOptional(),
  methods: z.record(plainName, method).refine((methods) => Object.keys(methods).length > 0, 'at least one method'),
  reference: z.array(reference).default([]),
});
