/** Default values of a study. */

import { transformationNames, type TransformationName } from '../../augment/transformation.js';
import { publishedModel, type ModelPlan } from '../../model/network-spec.js';
import type { LabelPlan, OptimizerSpec } from '../../train/plan.js';
import { confidentDefaults } from '../../train/selection/confident.js';
import type { SelectionPlan } from '../../train/selection/selection-rules.js';
import type { CohortPlan, EvaluationPlan } from '../study.js';

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
};
