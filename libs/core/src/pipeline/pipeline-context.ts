/** The data and options with which a pipeline runs. */

import type { WindowedDataset } from '../data/windows.js';
import type { ModelPlan } from '../model/model-plan.js';
import type { EpochReport } from '../train/loop/epochs.js';
import type { TrainedModel } from '../model/files/trained-model.js';
import type { PipelineStep } from './pipeline.js';

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
