/** What a participant does in one stage: plain data, part of the study. */

import type { AugmentPlan } from '../augment/augmentation.js';
import type { TransformationName } from '../augment/transformation.js';
import type { CompressionPlan } from '../federated/compression/compression-plan.js';
import type { NetworkSpec } from '../model/network-spec.js';
import type { WeightInRound } from '../model/loss-weights/scheduled.js';
import type { LabelForm } from './labelling/label-form.js';
import type { LossWeightPlan } from './loss-weights/loss-weight-plan.js';
import type { SelectionPlan } from './selection/selection-rules.js';
import type { TemporalSmoothing } from './labelling/temporal-smoothing.js';

/** How a teacher's probabilities become labels, and what is done to them before that. */
export type LabelPlan = LabelForm & {
  /** Whether they are brought to the coordinator's class prior. */
  readonly alignment: 'none' | 'class-prior';
  /** After that, whether windows speak for their neighbours; each stands for itself where it is absent. */
  readonly smoothing?: TemporalSmoothing;
};

/** How windows get labels that nobody gave them. */
export interface LabellingPlan {
  /** Name of the function that gives each window its probabilities. */
  readonly labeller: string;
  /** Whose parameters label: those that come with the task, or those that the round starts from. */
  readonly teacher: 'sent' | 'newest';
  readonly selection: SelectionPlan;
  readonly labels: LabelPlan;
}

/**
 * What is learned.
 * - `supervised`: the activity, from the participant's own labels.
 * - `transformation-discrimination`: which transformation a window went through; no labels.
 * - `self-training`: the activity, from a teacher's labels.
 * - `consistency`: the activity, from a teacher's labels of windows as they are, on transformed versions of them
 *   (FixMatch, Sohn et al. 2020, arXiv 2001.07685).
 * - `self-har`: `self-training` and `transformation-discrimination` at once, on the windows whose labels were accepted,
 *   or on all, of which the others have no activity.
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

/** How long a participant trains: passes over its data, or a fixed number of steps. */
export type TrainingLength = { readonly epochs: number } | { readonly steps: number };

/** What a participant keeps to itself. */
export interface PersonalPlan {
  /** Parts of the network, which never leave it. */
  readonly parts: readonly string[];
  /** How long they learn by themselves before the others do; together with them where it is left out. */
  readonly first?: TrainingLength;
}

export interface LocalPlan {
  readonly objective: Objective;
  readonly transformations: readonly TransformationName[];
  /** How each example is changed afresh without changing its label. */
  readonly augment?: AugmentPlan;
  readonly length: TrainingLength;
  readonly batchSize: number;
  readonly optimizer: OptimizerSpec;
  /** Parts of the network that learn (`conv3`, `activity`); `all` of them where nothing is frozen. */
  readonly trainable: 'all' | readonly string[];
  /** Whether the features of a core that is frozen whole are computed once, without dropout. */
  readonly cacheFeatures?: boolean;
  /** How the heads' losses are weighed, from the beginning in each round; equally where it is left out. */
  readonly lossWeights?: LossWeightPlan | LossWeightPlan<WeightInRound>;
  /** μ of the term that holds the participant near the global parameters (FedProx); there is none without it. */
  readonly proximalMu?: number;
  /** Whether steps are corrected by control variates (SCAFFOLD). */
  readonly controlVariate?: boolean;
  /** What of the network is the participant's own; nothing without it. */
  readonly personal?: PersonalPlan;
  /** In what form the update travels; as it is without it. */
  readonly compress?: CompressionPlan;
}

/** A stage as a participant needs it. */
export interface StagePlan {
  readonly name: string;
  readonly network: NetworkSpec;
  readonly plan: LocalPlan;
  /** Network of the model that labels this stage's windows. */
  readonly teacherNetwork?: NetworkSpec;
}
