/** What a study means where it says nothing. The network is the one of Tang et al. 2021, section 4.2. */

import { transformationNames, type TransformationName } from '../augment/transformation.js';
import type { OptimizerSpec, SelectionRule } from '../train/plan.js';
import type { CohortPlan, EvaluationPlan, ModelPlan } from './study.js';

export interface StudyDefaults {
  readonly seed: number;
  readonly model: ModelPlan;
  readonly evaluation: EvaluationPlan;
  readonly batch: number;
  readonly optimizer: OptimizerSpec;
  readonly selection: SelectionRule;
  readonly transformations: readonly TransformationName[];
  readonly cohort: CohortPlan;
}

export const studyDefaults: StudyDefaults = {
  seed: 1,
  model: {
    convolutions: [
      { filters: 32, kernel: 24 },
      { filters: 64, kernel: 16 },
      { filters: 96, kernel: 8 },
    ],
    dropoutRate: 0.1,
    l2: 1e-4,
    headUnits: { activity: 1024, transformation: 256 },
  },
  evaluation: { everyRounds: 1 },
  batch: 64,
  optimizer: { kind: 'adam', learningRate: 3e-4 },
  selection: { minimumConfidence: 0.5, pluralityOnly: true, maximumPerClass: 10_000 },
  transformations: transformationNames,
  cohort: { target: 'all', minimum: 1, quorum: 1 },
};
