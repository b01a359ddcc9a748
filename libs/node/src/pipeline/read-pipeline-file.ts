/** Reads a pipeline file. */

import { parsePipeline, type Pipeline } from '@gaitway/core/pipeline';
import { timeStamp } from '../run/run-folder.js';
import { readYamlFile } from '../study/read-yaml-file.js';

export interface PipelineFile {
  readonly path: string;
  /** The content of the file, unchanged. */
  readonly written: unknown;
  /** The pipeline with all defaults filled in. */
  readonly pipeline: Pipeline;
  /** Messages about keys of the file that have no effect. */
  readonly warnings: readonly string[];
}

/**
 * Reads a pipeline. Steps without a tag are named after the current time.
 *
 * @throws InvalidInput when there is no such file, it is neither JSON nor YAML (with line and column), or it is
 *   not a valid pipeline.
 */
export async function readPipelineFile(path: string, now: Date): Promise<PipelineFile> {
  const written = await readYamlFile(path, 'pipeline file');
  const { pipeline, warnings } = parsePipeline(written, path);
  const steps = pipeline.experiment_configs.map((step) => ({ ...step, tag: step.tag || timeStamp(now) }));
  return { path, written, pipeline: { ...pipeline, experiment_configs: steps }, warnings };
}
