/** What came of a step. */

import type { Evaluation } from '../metrics/evaluation.js';
import type { EpochReport } from '../train/loop/epochs.js';
import type { TrainedModel } from '../model/files/trained-model.js';
import type { StepType } from './pipeline.js';

/** What a teacher made of the windows it was shown. */
export interface SelectionReport {
  /** Windows that it labelled. */
  readonly windows: number;
  /** Those that were accepted, by the activity that their label gives the highest probability. */
  readonly accepted: readonly number[];
  /** Accepted ones of all, from 0 to 1. */
  readonly share: number;
}

export interface TrainingReport {
  /** Windows that were learned from; each counts once, however many versions of it there were. */
  readonly windows: number;
  readonly validationWindows: number;
  readonly selection?: SelectionReport;
  /** Parts of the network that learned. */
  readonly trained: readonly string[];
  readonly epochs: readonly EpochReport[];
  /** The epoch whose parameters are the step's result. */
  readonly bestEpoch: number;
}

export interface StepReport {
  /** Place in the pipeline, from 0. */
  readonly index: number;
  readonly tag: string;
  readonly type: StepType;
  /** What later steps begin with; absent where a step that does nothing has nothing to carry. */
  readonly model?: TrainedModel;
  /** Absent where the step does not train. */
  readonly training?: TrainingReport;
  /** On the test people, where the step evaluates. */
  readonly evaluation?: Evaluation;
}
