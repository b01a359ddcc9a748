/** The paths in the folder of a pipeline's run. */

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { safeFileName } from '../run/new-run-folder.js';
import { refuseOccupied } from '../run/run-folder.js';

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
