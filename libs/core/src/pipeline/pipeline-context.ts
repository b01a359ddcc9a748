/** The data and options with which a pipeline runs, and what it reports of its steps. */

import type { WindowedDataset } from '../data/windows.js';
import type { Evaluation } from '../metrics/evaluation.js';
import type { ModelPlan } from '../model/network-spec.js';
import type { TrainedModel } from '../model/parameters/initial-parameters.js';
import type { EpochReport } from '../train/loop/epochs.js';
import type { PipelineStep, StepType } from './pipeline.js';

/** The windows that a pipeline trains on and is tested on. */
export interface PipelineData {
  /** Labelled windows, on which steps that learn from labels train. */
  readonly labelled: WindowedDataset;
  /** Labelled windows, by which these steps choose their best epoch. */
  readonly validation: WindowedDataset;
  /**
   * Windows other than the labelled ones, of people whose data may be trained on; joined with those where labels are
   * not used.
   */
  readonly unlabelled: WindowedDataset;
  /** Labelled windows of people whose data is not trained on. */
  readonly test: WindowedDataset;
}

/** What a pipeline runs with, beside its steps and data. */
export interface PipelineOptions {
  /** Seed of all random draws. */
  readonly seed: number;
  /** Classes, in the order of the labels. */
  readonly activities: readonly string[];
  /**
   * Which parts learn in `har_full_fine_tune`. `top`: all but the first two convolutions (Tang et al. 2021, section
   * 4.3); `all`: everything.
   */
  readonly fineTune: 'top' | 'all';
  /** The published model by default. */
  readonly model?: ModelPlan;
  /** Keyed by the path that the pipeline names. */
  readonly storedModels?: ReadonlyMap<string, TrainedModel>;
  /** Called with each epoch of the step at that index, and awaited before the next epoch. */
  readonly onEpoch?: (epoch: EpochReport, step: PipelineStep, index: number) => Promise<void>;
  readonly signal: AbortSignal;
}

/** How many of the windows a teacher's labels were accepted for. */
export interface SelectionReport {
  /** Number of windows that it labelled. */
  readonly windows: number;
  /** Number of accepted windows, by the most probable activity of their label. */
  readonly accepted: readonly number[];
  /** Fraction of the windows that was accepted, from 0 to 1. */
  readonly share: number;
}

/** How a step trained. */
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

/** What a step of a pipeline did. */
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
