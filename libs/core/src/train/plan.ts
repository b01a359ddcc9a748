/** What a participant does in one stage: plain data, part of the study. */

import type { TransformationName } from '../augment/transformation.js';
import type { NetworkSpec } from '../model/network-spec.js';

/** Which of a teacher's labels are good enough (Tang et al. 2021, section 3.2). */
export interface SelectionRule {
  /** Windows whose class probability is lower are left out. */
  readonly minimumConfidence: number;
  /** Only the most probable class of a window may claim it. */
  readonly pluralityOnly: boolean;
  /** At most this many windows a class, the most probable first. */
  readonly maximumPerClass: number;
}

/**
 * What is learned.
 * - `supervised`: the activity, from the participant's own labels.
 * - `self-training`: the activity, from a teacher's confident soft labels.
 * - `transformation-discrimination`: which transformation a window went through; no labels.
 * - `self-har`: both of the last two at once.
 */
export type Objective =
  | { readonly kind: 'supervised' }
  | { readonly kind: 'transformation-discrimination' }
  | { readonly kind: 'self-training'; readonly selection: SelectionRule }
  | { readonly kind: 'self-har'; readonly selection: SelectionRule };

export interface OptimizerSpec {
  readonly kind: 'adam' | 'sgd';
  readonly learningRate: number;
}

/** How long a participant trains: passes over its data, or a fixed number of steps. */
export type TrainingLength = { readonly epochs: number } | { readonly steps: number };

export interface LocalPlan {
  readonly objective: Objective;
  readonly transformations: readonly TransformationName[];
  readonly length: TrainingLength;
  readonly batchSize: number;
  readonly optimizer: OptimizerSpec;
  /** Parts of the network that learn (`conv3`, `activity`); `all` of them where nothing is frozen. */
  readonly trainable: 'all' | readonly string[];
}

/** A stage as a participant needs it. */
export interface StagePlan {
  readonly name: string;
  readonly network: NetworkSpec;
  readonly plan: LocalPlan;
  /** Network of the stage whose result labels this stage's windows. */
  readonly teacherNetwork?: NetworkSpec;
}
