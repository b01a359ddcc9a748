/** The results of a step. */

import type { Evaluation } from '../metrics/evaluation.js';
import type { EpochReport } from '../train/loop/epochs.js';
import type { TrainedModel } from '../model/files/trained-model.js';
import type { StepType } from './pipeline.js';

/** How many of the windows a teacher's labels were accepted for. */
export interface SelectionReport {
  /** Number of windows that it labelled. */
  readonly windows: number;
  /** Number of accepted windows, by the most probable activity of their label. */
  readonly accepted: readonly number[];
  /** Fraction of the windows that was accepted, from 0 to 1. */
  readonly share: number;
}

export interface TrainingReport {
  /** Number of training windows; each counts once, however many versions of it there were. */
  readonly windows: number;
  readonly validationWindows: number;
  readonly selection?: SelectionReport;
  /** Parts of the network that learned. */
  readonly trained: readonly string[];
  readonly epochs: readonly EpochReport[];
  /** The epoch whose parameters are the result of the step. */
  readonly bestEpoch: number;
}

export interface StepReport {
  /** Index in the pipeline, from 0. */
  readonly index: number;
  readonly tag: string;
  readonly type: StepType;
  /** The model that later steps can start from; absent where a step that does not train has none to pass on. */
  readonly model?: TrainedModel;
  /** Absent where the step does not train. */
  readonly training?: TrainingReport;
  /** Evaluation on the test people, where the step evaluates. */
  readonly evaluation?: Evaluation;
}
