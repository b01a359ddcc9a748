/** Types of values that several parts of a study share, and the default values of a study. */

import { z } from 'zod';
import { transformationNames, type TransformationName } from '../../augment/transformation.js';
import { composedName, wellFormedName } from '../../names.js';
import { publishedModel, type ModelPlan } from '../../model/network-spec.js';
import type { LabelPlan, OptimizerSpec } from '../../train/plan.js';
import { confidentDefaults } from '../../train/selection/confident.js';
import type { SelectionPlan } from '../../train/selection/selection-rules.js';
import type { CohortPlan, EvaluationPlan, SecureAggregationPlan } from '../study.js';

/** A whole number from 1 up. */
export const count: z.ZodInt = z.int().min(1);

export const positive: z.ZodNumber = z.number().positive();

/** A week, in seconds: the timers of computers cannot count much longer. */
const LONGEST_DEADLINE = 604_800;

/** Number of seconds to wait for an answer. */
export const deadline: z.ZodNumber = positive.max(LONGEST_DEADLINE);

/** A name that is also part of a file's name, and a key of objects, which all have a `constructor`. */
export const plainName: z.ZodString = z
  .string()
  .max(64)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'a name of lower-case letters and digits, joined by hyphens')
  .regex(/^(?!constructor$)/, 'another name');

/** A name as its owner writes it, on one line, without invisible characters. */
export const freeName: z.ZodString = z
  .string()
  .max(100)
  .regex(wellFormedName, 'a name on one line, without spaces around it');

/** The name of a person or an activity, in composed characters as in recordings. Both often have numbers as names. */
export const nameInData: z.ZodType<string> = z.union([
  freeName.transform(composedName),
  z.int().min(0).transform(String),
]);

/** How samples become the inputs of a network. */
export const normalisation: z.ZodEnum<{ axes: 'axes'; z: 'z'; site: 'site' }> = z.enum(['axes', 'z', 'site']);

export interface StudyDefaults {
  readonly seed: number;
  readonly model: ModelPlan;
  readonly evaluation: EvaluationPlan;
  readonly batch: number;
  readonly optimizer: OptimizerSpec;
  readonly labeller: string;
  readonly selection: SelectionPlan;
  readonly labels: LabelPlan;
  readonly examples: 'accepted' | 'all';
  readonly transformations: readonly TransformationName[];
  readonly cohort: CohortPlan;
  readonly secureAggregation: SecureAggregationPlan;
}

export const studyDefaults: StudyDefaults = {
  seed: 1,
  model: publishedModel,
  evaluation: { everyRounds: 1 },
  batch: 64,
  optimizer: { kind: 'adam', learningRate: 3e-4 },
  labeller: 'teacher',
  selection: confidentDefaults,
  labels: { form: 'soft', temperature: 1, alignment: 'none' },
  examples: 'accepted',
  transformations: transformationNames,
  cohort: { target: 'all', minimum: 1, quorum: 1 },
  secureAggregation: { maximumExamples: 10_000, maximumChange: 4 },
};
