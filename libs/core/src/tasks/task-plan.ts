/**
 * The plan of a multi-task training: several tasks on one core, each with its own head and labels. `parseTasks` is the
 * only way to get one.
 */

import type { TargetForm } from '../model/head-kinds/head-kind-traits.js';
import type { HeadKindWith } from '../model/head-kinds/head-kinds.js';
import type { ModelPlan, ByHead, SharingSpec } from '../model/network-spec.js';
import type { LossWeightPlan } from '../train/loss-weights/loss-weight-plan.js';
import type { OptimizerSpec, TrainingLength } from '../train/plan.js';

/** The kinds of heads that a task file can name, optionally only those with given targets. */
export type TaskKind<Targets extends TargetForm = TargetForm> = HeadKindWith<{
  readonly inTaskFiles: true;
  readonly targets: Targets;
}>;

/** The columns of a label file that a task uses. */
export interface LabelColumns {
  /** Path as it is written, relative to the file that names it. */
  readonly file: string;
  /** The column of the classes in a task of classes; else one column for each output. */
  readonly columns: readonly string[];
}

/** What one head learns, and where its labels come from. */
export interface TaskPlan {
  readonly kind: TaskKind;
  /** Names of the classes, questions or numbers. */
  readonly outputs: readonly string[];
  /** `activity`: the activity labels of the data folder. */
  readonly labels: 'activity' | LabelColumns;
  /**
   * Number of hidden units of the head; 0: one dense layer directly on the features, or on the hidden layer that tasks
   * share.
   */
  readonly hiddenUnits: number;
}

/** The core, and how the tasks share it. */
export type TaskNetwork = Omit<ModelPlan, 'headUnits'> & SharingSpec;

/** A task file as `parseTasks` has checked it, with every default filled in. */
export interface TasksPlan {
  readonly name: string;
  /** Seed of all random draws. */
  readonly seed: number;
  readonly length: TrainingLength;
  /** Number of windows per step. */
  readonly batch: number;
  readonly optimizer: OptimizerSpec;
  readonly network: TaskNetwork;
  /** Weights of the tasks' losses. */
  readonly weights: LossWeightPlan;
  /** Keyed by name, in the order of the file. */
  readonly tasks: ByHead<TaskPlan>;
}
