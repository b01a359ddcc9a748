/** The stored models that the steps of a pipeline begin with. */

import {
  InvalidInput,
  takesPartsOnly,
  type Issue,
  type ModelKind,
  type PipelineStep,
  type TrainedModel,
} from '@gaitway/core';
import type { StoredModel } from '../run/model-file.js';
import { readModelBeside } from '../run/read-model-beside.js';
import type { LoadedPipeline } from './load-pipeline-data.js';
import type { PipelineFile } from './read-pipeline-file.js';

export interface StoredModels {
  /** By the path that the pipeline names. */
  readonly models: ReadonlyMap<string, TrainedModel>;
  readonly warnings: readonly string[];
}

/**
 * Reads the models; their paths are relative to the pipeline's file.
 *
 * @throws InvalidInput for a file that cannot be read, a model without the heads of its `trained_model_type`, one of
 *   other channels than the data's, and, where the step needs its answers, one of other activities or windows.
 */
export async function readStoredModels(file: PipelineFile, data: LoadedPipeline): Promise<StoredModels> {
  const models = new Map<string, TrainedModel>();
  const warnings: string[] = [];
  for (const [index, step] of file.pipeline.experiment_configs.entries()) {
    const { previous_config_offset: offset, trained_model_path: path, trained_model_type: kind } = step;
    if (offset > 0 || path === '' || kind === '') {
      continue;
    }
    const place = `experiment_configs[${index}].trained_model_path`;
    const { parameters, metadata } = await readModelBeside(file.path, path, place);
    refuse(file.path, [...headIssues(metadata, kind, place), ...fitIssues(metadata, data, { path: place, step })]);
    if (JSON.stringify(metadata.normalisation) !== JSON.stringify(data.normalisation)) {
      warnings.push(`${file.path}: ${place}: learned under another normalisation than that of the labelled people`);
    }
    models.set(path, { network: metadata.network, parameters });
  }
  return { models, warnings };
}

type Metadata = StoredModel['metadata'];

const headsOf: Readonly<Record<ModelKind, readonly string[]>> = {
  har_model: ['activity'],
  transform_model: ['transformations'],
  transform_with_har_model: ['activity', 'transformations'],
};

function headIssues({ network }: Metadata, kind: ModelKind, path: string): readonly Issue[] {
  const found = network.heads.map(({ name }) => name);
  return headsOf[kind].every((head) => found.includes(head))
    ? []
    : [{ path, message: `expected a "${kind}" with the heads ${headsOf[kind].join(', ')}, found ${found.join(', ')}` }];
}

function fitIssues(
  { network, activities }: Metadata,
  { data, ...loaded }: LoadedPipeline,
  { path, step }: { readonly path: string; readonly step: PipelineStep },
): readonly Issue[] {
  const { length, channels } = data.labelled.shape;
  const { window } = network;
  if (takesPartsOnly(step.type)) {
    const message = `expected windows of ${channels} channels, found ${window.channels}`;
    return window.channels === channels ? [] : [{ path, message }];
  }
  const windows = `expected windows of ${length} x ${channels}, found ${window.length} x ${window.channels}`;
  const classes = `expected the activities ${loaded.activities.join(', ')}, found ${activities.join(', ')}`;
  return [
    ...(window.length === length && window.channels === channels ? [] : [{ path, message: windows }]),
    ...(activities.join() === loaded.activities.join() ? [] : [{ path, message: classes }]),
  ];
}

function refuse(source: string, issues: readonly Issue[]): void {
  if (issues.length > 0) {
    throw new InvalidInput(source, issues);
  }
}
