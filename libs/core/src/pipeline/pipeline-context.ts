/** What the steps of a pipeline run on. */

import type { WindowedDataset } from '../data/windows.js';
import type { ModelPlan } from '../model/model-plan.js';
import type { EpochReport } from '../train/loop/epochs.js';
import type { TrainedModel } from '../model/files/trained-model.js';
import type { PipelineStep } from './pipeline.js';

export interface PipelineData {
  /** With labels; steps that learn from labels train on them. */
  readonly labelled: WindowedDataset;
  /** With labels; these steps choose their best epoch by them. */
  readonly validation: WindowedDataset;
  /** Other windows than the labelled ones, of people who train; joined with those where labels do not count. */
  readonly unlabelled: WindowedDataset;
  /** With labels; of people who do not train. */
  readonly test: WindowedDataset;
}

export interface PipelineOptions {
  /** Every draw derives from it. */
  readonly seed: number;
  /** Classes, in the order of the labels. */
  readonly activities: readonly string[];
  /**
   * What learns in `har_full_fine_tune`. `top`: all but the first two convolutions (Tang et al. 2021, section 4.3);
   * `all`: everything.
   */
  readonly fineTune: 'top' | 'all';
  /** The published model where it is left out. */
  readonly model?: ModelPlan;
  /** By the path that the pipeline names. */
  readonly storedModels?: ReadonlyMap<string, TrainedModel>;
  /** Hears of each epoch of the step at that index; the next one waits for it. */
  readonly onEpoch?: (epoch: EpochReport, step: PipelineStep, index: number) => Promise<void>;
  readonly signal: AbortSignal;
}
