/** A method of an experiment from the file that it names. */

import { parsePipeline, type Pipeline } from '@gaitway/core';
import { dirname, join, resolve } from 'node:path';
import { readStudyFile } from '../study/read-study-file.js';
import { readYamlFile } from '../study/read-yaml-file.js';
import type { WrittenMethod } from './experiment-schema.js';
import type { Method } from './experiment.js';

/**
 * Reads the study or the pipeline of a method.
 *
 * @param folder - That of the experiment's file.
 * @throws InvalidInput when there is no such file, or it is no valid study or pipeline.
 */
export async function readMethod(
  folder: string,
  name: string,
  { study, pipeline, step }: WrittenMethod,
): Promise<Method> {
  if (study !== undefined) {
    return { kind: 'study', name, study: await readStudyFile(join(folder, study)) };
  }
  const path = join(folder, pipeline ?? '');
  const parsed = parsePipeline(await readYamlFile(path, 'pipeline file'), path).pipeline;
  return {
    kind: 'pipeline',
    name,
    pipeline: withWholePaths(parsed, dirname(path)),
    ...(step !== undefined && { step }),
  };
}

/** A cell's pipeline lies elsewhere than the file that it is a copy of. */
function withWholePaths(pipeline: Pipeline, folder: string): Pipeline {
  const steps = pipeline.experiment_configs.map((step) => {
    const { trained_model_path: path } = step;
    return path === '' ? step : { ...step, trained_model_path: resolve(folder, path) };
  });
  return { ...pipeline, experiment_configs: steps };
}
