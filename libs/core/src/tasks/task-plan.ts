/**
 * A multi-task training: several tasks on one core, each with a head and labels of its own. `parseTasks` is the only
 * way in.
 */

import type { ModelPlan } from '../model/model-plan.js';
import type { ByHead, HeadKind } from '../model/network-spec.js';
import type { OptimizerSpec, TrainingLength } from '../train/plan.js';
import type { WeightAtEpoch } from '../model/loss-weights/scheduled.js';

export type TaskKind = Exclude<HeadKind, 'independent'>;

/** Columns of a label file. */
export interface LabelColumns {
  /** As it is written: relative to the file that names it. */
  readonly file: string;
  /** The column of the classes in an `exclusive` task; else a column for each output. */
  readonly columns: readonly string[];
}

/** What one head learns, and where its labels are. */
export interface TaskPlan {
  readonly kind: TaskKind;
  /** Classes, questions, or what the numbers are. */
  readonly outputs: readonly string[];
  /** `activity`: the data folder's own. */
  readonly labels: 'activity' | LabelColumns;
  /** Of the head; 0: one dense layer straight on the features. */
  readonly hiddenUnits: number;
}

/** How the tasks' losses are weighed against each other. */
export type WeightPlan =
  | { readonly kind: 'fixed'; readonly weights: ByHead<number> }
  | { readonly kind: 'scheduled'; readonly points: ByHead<readonly WeightAtEpoch[]> }
  | { readonly kind: 'dynamic-average' }
  | { readonly kind: 'uncertainty' };

export interface TasksPlan {
  readonly name: string;
  /** Every draw derives from it. */
  readonly seed: number;
  readonly length: TrainingLength;
  /** Windows of a step. */
  readonly batch: number;
  readonly optimizer: OptimizerSpec;
  /** The shared core. */
  readonly network: Omit<ModelPlan, 'headUnits'>;
  readonly weights: WeightPlan;
  /** By name, in the order in which they are written. */
  readonly tasks: ByHead<TaskPlan>;
}
