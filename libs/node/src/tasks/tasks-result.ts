/** What a finished multi-task training came to: the shape of its `result.json`. */

import type { Digest, EpochReport, TaskReport } from '@gaitway/core';

/** A model of the run. */
export interface TaskModelLine {
  /** `joint`, or the task that was trained alone. */
  readonly tag: string;
  readonly tasks: readonly string[];
  /** In the run's folder. */
  readonly path: string;
  readonly sha256: Digest;
  readonly parametersSha256: Digest;
  readonly bestEpoch: number;
  readonly epochs: readonly EpochReport[];
}

/** Windows to learn from, to validate on and to test on. */
export type WindowCounts = Readonly<Record<'training' | 'validation' | 'test', number>>;

/** What a run depended on beside the task file, the label files and the recordings. */
export interface TasksSettings {
  readonly seed: number;
  readonly backend: string;
  readonly testPeople: readonly string[];
  /** Those with a label in at least one task. */
  readonly windows: WindowCounts;
  /** By task: windows with a label of it, in at least one output. */
  readonly labels: Readonly<Record<string, WindowCounts>>;
}

export interface TasksResult extends TasksSettings {
  readonly training: { readonly name: string; readonly digest: Digest };
  /** Version that ran. */
  readonly gaitway: string;
  readonly models: readonly TaskModelLine[];
  readonly tasks: readonly TaskReport[];
}
