/** What a participant does in one stage, as plain data derived from the study. */

import type { AugmentPlan } from '../augment/augmentation.js';
import type { TransformationName } from '../augment/transformation.js';
import type { CompressionPlan } from '../federated/compression/compression-plan.js';
import type { NetworkSpec } from '../model/network-spec.js';
import type { WeightInRound } from '../model/loss-weights/scheduled.js';
import type { LabelForm } from './labelling/label-form.js';
import type { LossWeightPlan } from './loss-weights/loss-weight-plan.js';
import type { SelectionPlan } from './selection/selection-rules.js';
import type { TemporalSmoothing } from './labelling/temporal-smoothing.js';

/** How a teacher's probabilities become labels, and how they are processed before that. */
export type LabelPlan = LabelForm & {
  /** Whether probabilities are aligned with the coordinator's class prior. */
  readonly alignment: 'none' | 'class-prior';
  /** How probabilities are then smoothed over neighbouring windows; not at all if absent. */
  readonly smoothing?: TemporalSmoothing;
};

/** How a model labels windows. */
export interface LabellingPlan {
  /** Name of the function that gives each window its probabilities. */
  readonly labeller: string;
  /** Whose parameters label: those that are sent with the task, or those that the round starts from. */
  readonly teacher: 'sent' | 'newest';
  readonly selection: SelectionPlan;
  readonly labels: LabelPlan;
}

/**
 * What is learned.
 * - `supervised`: the activity, from the participant's own labels.
 * - `transformation-discrimination`: which transformation a window went through; no labels.
 * - `self-training`: the activity, from a teacher's labels.
 * - `consistency`: the activity, on transformed versions of windows, from a teacher's labels of the untransformed
 *   windows (FixMatch, Sohn et al. 2020, arXiv 2001.07685).
 * - `self-har`: `self-training` and `transformation-discrimination` at once, on the windows whose labels were accepted,
 *   or on all windows, of which the others have no activity label.
 */
export type Objective =
  | { readonly kind: 'supervised' }
  | { readonly kind: 'transformation-discrimination' }
  | { readonly kind: 'self-training'; readonly labelling: LabellingPlan }
  | { readonly kind: 'consistency'; readonly labelling: LabellingPlan }
  | { readonly kind: 'self-har'; readonly labelling: LabellingPlan; readonly examples: 'accepted' | 'all' };

export interface OptimizerSpec {
  readonly kind: 'adam' | 'sgd';
  readonly learningRate: number;
}

/** How long a participant trains: epochs over its data, or a fixed number of steps. */
export type TrainingLength = { readonly epochs: number } | { readonly steps: number };

/** The parts of the network that a participant keeps to itself, and how they are trained. */
export interface PersonalPlan {
  /** Parts of the network, which are never sent. */
  readonly parts: readonly string[];
  /** How long they are trained by themselves before the others are; by default they are trained together with them. */
  readonly first?: TrainingLength;
}

/** How a participant trains in a round of a stage. */
export interface LocalPlan {
  readonly objective: Objective;
  readonly transformations: readonly TransformationName[];
  /** Label-preserving augmentation of each example, drawn anew each time. */
  readonly augment?: AugmentPlan;
  readonly length: TrainingLength;
  readonly batchSize: number;
  readonly optimizer: OptimizerSpec;
  /** Parts of the network that learn (`conv3`, `activity`); `all` where nothing is frozen. */
  readonly trainable: 'all' | readonly string[];
  /** Whether the features of an entirely frozen core are computed once, without dropout. */
  readonly cacheFeatures?: boolean;
  /** How the heads' losses are weighed, starting anew in each round; equally if absent. */
  readonly lossWeights?: LossWeightPlan | LossWeightPlan<WeightInRound>;
  /** μ of the proximal term, which keeps the participant near the global parameters (FedProx); no term if absent. */
  readonly proximalMu?: number;
  /** Whether steps are corrected by control variates (SCAFFOLD). */
  readonly controlVariate?: boolean;
  /** The parts of the network that are the participant's own; none if absent. */
  readonly personal?: PersonalPlan;
  /** How the update is compressed; not at all if absent. */
  readonly compress?: CompressionPlan;
}

/** The description of a stage that a participant needs. */
export interface StagePlan {
  readonly name: string;
  readonly network: NetworkSpec;
  readonly plan: LocalPlan;
  /** Network of the model that labels this stage's windows. */
  readonly teacherNetwork?: NetworkSpec;
}
