/** Reads a method of an experiment from the file that it names. */

import { parseStudy, type Study } from '@gaitway/core';
import { parsePipeline, type Pipeline } from '@gaitway/core/pipeline';
import { dirname, join, resolve } from 'node:path';
import { readStudyFile, readYamlFile } from '../../study/read-yaml-file.js';
import { readStudyModels } from '../../study/study-models.js';
import { readStoredModels } from '../../pipeline/stored-models.js';
import type { WrittenMethod } from './experiment-schema.js';
import type { Method } from '../experiment.js';

/**
 * Reads the study or the pipeline of a method.
 *
 * @param folder - Folder of the experiment's file.
 * @throws InvalidInput when there is no such file, it is not a valid study or pipeline, or a model that it names cannot
 *   be read.
 */
export async function readMethod(
  folder: string,
  name: string,
  { study, stage, baseline, pipeline, step }: WrittenMethod,
): Promise<Method> {
  if (study !== undefined) {
    const path = join(folder, study);
    const read = await readStudyFile(path);
    await readStudyModels(read, path);
    return {
      kind: 'study',
      name,
      study: studyWithWholePaths(read, dirname(path)),
      ...(stage !== undefined && { stage }),
      ...(baseline !== undefined && { baseline }),
    };
  }
  const path = join(folder, pipeline ?? '');
  const parsed = parsePipeline(await readYamlFile(path, 'pipeline file'), path).pipeline;
  await readStoredModels({ path, pipeline: parsed });
  return {
    kind: 'pipeline',
    name,
    pipeline: withWholePaths(parsed, dirname(path)),
    ...(step !== undefined && { step }),
  };
}

/**
 * Paths must be absolute, because a cell's copy of the study or pipeline is in another folder than the original file.
 */
function studyWithWholePaths(study: Study, folder: string): Study {
  const stages = study.stages.map((stage) =>
    typeof stage.from === 'string' ? stage : { ...stage, from: { model: resolve(folder, stage.from.model) } },
  );
  return parseStudy({ ...study, stages });
}

function withWholePaths(pipeline: Pipeline, folder: string): Pipeline {
  const steps = pipeline.experiment_configs.map((step) => {
    const { trained_model_path: path } = step;
    return path === '' ? step : { ...step, trained_model_path: resolve(folder, path) };
  });
  return { ...pipeline, experiment_configs: steps };
}
