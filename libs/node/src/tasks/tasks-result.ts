/** The results of a finished multi-task training: the type of its `result.json`. */

import type { Digest } from '@gaitway/core/internal';
import type { TaskReport } from '@gaitway/core/tasks';
import type { EpochReport } from '@gaitway/core/train';

/** A model of the run. */
export interface TaskModelLine {
  /** `joint`, or the task that was trained alone. */
  readonly tag: string;
  readonly tasks: readonly string[];
  /** Path in the run's folder. */
  readonly path: string;
  readonly sha256: Digest;
  readonly parametersSha256: Digest;
  readonly bestEpoch: number;
  readonly epochs: readonly EpochReport[];
}

/** Numbers of windows for training, validation and testing. */
export type WindowCounts = Readonly<Record<'training' | 'validation' | 'test', number>>;

/** What a run depended on besides the task file, the label files and the recordings. */
export interface TasksSettings {
  readonly seed: number;
  readonly backend: string;
  readonly testPeople: readonly string[];
  /** Numbers of windows with a label in at least one task. */
  readonly windows: WindowCounts;
  /** Numbers of windows with a label of the task, in at least one output; keyed by task. */
  readonly labels: Readonly<Record<string, WindowCounts>>;
}

export interface TasksResult extends TasksSettings {
  readonly training: { readonly name: string; readonly digest: Digest };
  /** The version that ran it. */
  readonly gaitway: string;
  readonly models: readonly TaskModelLine[];
  readonly tasks: readonly TaskReport[];
}
