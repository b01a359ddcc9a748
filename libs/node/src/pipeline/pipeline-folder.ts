/** The folder of a pipeline's run: its paths, and what `steps.jsonl` and `result.json` hold. */

import type { Evaluation } from '@gaitway/core';
import type { Digest } from '@gaitway/core/internal';
import type { StepType, TrainingReport } from '@gaitway/core/pipeline';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { refuseOccupied, safeFileName } from '../run/run-folder.js';

export interface PipelineFolder {
  readonly path: string;
  readonly pipeline: string;
  readonly steps: string;
  readonly result: string;
  readonly metrics: string;
  readonly report: string;
}

/** The step of the pipeline that something belongs to. */
export interface StepPlace {
  readonly index: number;
  readonly tag: string;
}

/** The name of a step in the run's folder, which is unique. */
export function stepName({ index, tag }: StepPlace): string {
  return `${index}-${safeFileName(tag)}`;
}

/** Path of a step's model, relative to the run's folder and with forward slashes on every system. */
export function stepModelPath(place: StepPlace): string {
  return `models/${stepName(place)}.safetensors`;
}

/**
 * Creates the folder of a new run.
 *
 * @throws InvalidInput when it already holds a run, finished or not.
 */
export async function createPipelineFolder(path: string): Promise<PipelineFolder> {
  const folder = {
    path,
    pipeline: join(path, 'pipeline.json'),
    steps: join(path, 'steps.jsonl'),
    result: join(path, 'result.json'),
    metrics: join(path, 'metrics.csv'),
    report: join(path, 'report.html'),
  };
  await refuseOccupied(path);
  await mkdir(join(path, 'models'), { recursive: true });
  return folder;
}

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
