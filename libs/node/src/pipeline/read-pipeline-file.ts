/** A pipeline from its file. */

import { parsePipeline, type Pipeline } from '@gaitway/core';
import { timeStamp } from '../run/new-run-folder.js';
import { readYamlFile } from '../study/read-yaml-file.js';

export interface PipelineFile {
  readonly path: string;
  /** As the file says it. */
  readonly written: unknown;
  /** With every default filled in. */
  readonly pipeline: Pipeline;
  /** What the file says without effect. */
  readonly warnings: readonly string[];
}

/**
 * Reads a pipeline. Steps without a tag are called after the time.
 *
 * @throws InvalidInput when there is no such file, it is no JSON (with line and column), or it is no valid pipeline.
 */
export async function readPipelineFile(path: string, now: Date): Promise<PipelineFile> {
  const written = await readYamlFile(path, 'pipeline file');
  const { pipeline, warnings } = parsePipeline(written, path);
  const steps = pipeline.experiment_configs.map((step) => ({ ...step, tag: step.tag || timeStamp(now) }));
  return { path, written, pipeline: { ...pipeline, experiment_configs: steps }, warnings };
}
