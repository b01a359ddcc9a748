/**
 * A multi-task training: several tasks on one core, each with a head and labels of its own. `parseTasks` is the only
 * way in.
 */

import type { TargetForm } from '../model/head-kinds/head-kind-traits.js';
import type { HeadKindWith } from '../model/head-kinds/head-kinds.js';
import type { ModelPlan } from '../model/model-plan.js';
import type { ByHead } from '../model/network-spec.js';
import type { SharingSpec } from '../model/sharing-spec.js';
import type { LossWeightPlan } from '../train/loss-weights/loss-weight-plan.js';
import type { OptimizerSpec, TrainingLength } from '../train/plan.js';

/** The kinds of heads that a task file can name, or those of them with such targets. */
export type TaskKind<Targets extends TargetForm = TargetForm> = HeadKindWith<{
  readonly inTaskFiles: true;
  readonly targets: Targets;
}>;

/** Columns of a label file. */
export interface LabelColumns {
  /** As it is written: relative to the file that names it. */
  readonly file: string;
  /** The column of the classes in a task of classes; else a column for each output. */
  readonly columns: readonly string[];
}

/** What one head learns, and where its labels are. */
export interface TaskPlan {
  readonly kind: TaskKind;
  /** Classes, questions, or what the numbers are. */
  readonly outputs: readonly string[];
  /** `activity`: the data folder's own. */
  readonly labels: 'activity' | LabelColumns;
  /** Of the head; 0: one dense layer straight on the features, or on the hidden layer that the tasks share. */
  readonly hiddenUnits: number;
}

/** The core, and how the tasks share it. */
export type TaskNetwork = Omit<ModelPlan, 'headUnits'> & SharingSpec;

export interface TasksPlan {
  readonly name: string;
  /** Every draw derives from it. */
  readonly seed: number;
  readonly length: TrainingLength;
  /** Windows of a step. */
  readonly batch: number;
  readonly optimizer: OptimizerSpec;
  readonly network: TaskNetwork;
  /** Of the tasks' losses. */
  readonly weights: LossWeightPlan;
  /** By name, in the order in which they are written. */
  readonly tasks: ByHead<TaskPlan>;
}
