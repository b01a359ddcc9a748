/** Training at a participant: labelling, selection, memory and the training loop. */

export { alignWithPrior, classPriorOf } from './labelling/class-prior.js';
export { type LabelForm, labelsFrom } from './labelling/label-form.js';
export type { LabelQuality } from './labelling/label-quality.js';
export { smoothOverTime, type TemporalSmoothing, USUAL_STAY } from './labelling/temporal-smoothing.js';
export { trainOnFeatures } from './loop/cached-features.js';
export type { EpochReport } from './loop/epochs.js';
export { peopleOf, windowLosses } from './loop/evaluate.js';
export { createOptimizer } from './loop/optimizers.js';
export { makeBatch, stepsOfAtLeast } from './loop/training-set.js';
export type { LossWeightPlan } from './loss-weights/loss-weight-plan.js';
export {
  type ClientMemory,
  type ClientState,
  keepsMemory,
  type LostState,
  roundsToKeep,
  type StatePlace,
} from './memory/client-memory.js';
export type { LabellingPlan, LabelPlan, LocalPlan, StagePlan } from './plan.js';
export { type SelectionPlan, selectionRule, selectionRules } from './selection/selection-rules.js';
export type { Selection, SelectionKind, SelectionRule } from './selection/selection.js';
