/** The results of a pipeline's run: the types of `steps.jsonl` and `result.json`. */

import type { Digest, Evaluation, StepType, TrainingReport } from '@gaitway/core';

/** How many of the windows a teacher's labels were accepted for. */
export interface SelectionLine {
  readonly windows: number;
  /** Number of windows, keyed by activity. */
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
  /**
   * Absent where the step does not train. Path in the run's folder, SHA-256 of the file and of the parameters in it.
   */
  readonly model?: { readonly path: string; readonly sha256: Digest; readonly parametersSha256: Digest };
  readonly training?: TrainingLine;
  /** Evaluation on the test people, where the step evaluates. */
  readonly eval_results?: Evaluation;
}

/** What a run depended on besides the pipeline and the recordings. */
export interface PipelineSettings {
  readonly seed: number;
  readonly backend: string;
  readonly fineTune: 'top' | 'all';
  /** Sorted; the order of a model's outputs. */
  readonly activities: readonly string[];
  readonly testPeople: readonly string[];
  /** Maximum number of labelled windows of each activity, validation windows included. */
  readonly windowsPerClass?: number;
  /** Numbers of windows in each role. */
  readonly windows: Readonly<Record<'labelled' | 'validation' | 'unlabelled' | 'test', number>>;
}

export interface PipelineResult extends PipelineSettings {
  readonly pipeline: { readonly tag: string; readonly digest: Digest };
  /** The version that ran it. */
  readonly gaitway: string;
  readonly steps: readonly StepLine[];
}
