/** What a finished run of a pipeline came to: the shapes of `steps.jsonl` and `result.json`. */

import type { Digest, Evaluation, StepType, TrainingReport } from '@gaitway/core';

/** What a teacher made of the windows it was shown. */
export interface SelectionLine {
  readonly windows: number;
  /** Windows by activity. */
  readonly accepted: Readonly<Record<string, number>>;
  readonly share: number;
}

export interface TrainingLine extends Omit<TrainingReport, 'selection'> {
  readonly selection?: SelectionLine;
  /** Parts of the network that did not learn. */
  readonly frozen: readonly string[];
}

/** A finished step. */
export interface StepLine {
  readonly index: number;
  readonly tag: string;
  readonly type: StepType;
  readonly seconds: number;
  /** Absent where the step trains nothing. Path in the run's folder, SHA-256 of the file and of the parameters in it. */
  readonly model?: { readonly path: string; readonly sha256: Digest; readonly parametersSha256: Digest };
  readonly training?: TrainingLine;
  /** On the test people, where the step evaluates. */
  readonly eval_results?: Evaluation;
}

/** What a run depended on beside the pipeline and the recordings. */
export interface PipelineSettings {
  readonly seed: number;
  readonly backend: string;
  readonly fineTune: 'top' | 'all';
  /** Sorted; the order of a model's outputs. */
  readonly activities: readonly string[];
  readonly testPeople: readonly string[];
  /** Labelled windows of each activity at most, those to validate on included. */
  readonly windowsPerClass?: number;
  /** How many there were. */
  readonly windows: Readonly<Record<'labelled' | 'validation' | 'unlabelled' | 'test', number>>;
}

export interface PipelineResult extends PipelineSettings {
  readonly pipeline: { readonly tag: string; readonly digest: Digest };
  /** Version that ran. */
  readonly gaitway: string;
  readonly steps: readonly StepLine[];
}
