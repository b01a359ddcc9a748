/** The stored models that the steps of a pipeline start from. */

import { InvalidInput, type Issue, type SensorPlan } from '@gaitway/core';
import type { StoredModel } from '@gaitway/core/classifier';
import { publishedModel, type TrainedModel } from '@gaitway/core/model';
import { takesPartsOnly, type ModelKind, type Pipeline, type PipelineStep } from '@gaitway/core/pipeline';
import { readModelBeside } from '../models/model-file.js';
import { channelProblems, coreProblems } from '../models/model-problems.js';
import type { LoadedPipeline } from './load-pipeline-data.js';

/** A pipeline and the path that it was read from. */
export interface PlacedPipeline {
  readonly path: string;
  readonly pipeline: Pipeline;
}

/** A stored model and the step that starts from it. */
interface StartingModel {
  readonly step: PipelineStep;
  /** Path in the pipeline's file. */
  readonly place: string;
  readonly model: StoredModel;
}

export interface StoredModels {
  /** Keyed by the path that the pipeline names. */
  readonly models: ReadonlyMap<string, TrainedModel>;
  readonly warnings: readonly string[];
}

/**
 * Reads the models; their paths are relative to the pipeline's file.
 *
 * @throws InvalidInput for a file that cannot be read, and a model without the heads of its `trained_model_type`.
 */
export async function readStoredModels({ path: file, pipeline }: PlacedPipeline): Promise<readonly StartingModel[]> {
  const models: StartingModel[] = [];
  for (const [index, step] of pipeline.experiment_configs.entries()) {
    const { previous_config_offset: offset, trained_model_path: path, trained_model_type: kind } = step;
    if (offset > 0 || path === '' || kind === '') {
      continue;
    }
    const place = `experiment_configs[${index}].trained_model_path`;
    const model = await readModelBeside(file, path, place);
    refuse(file, headIssues(model.metadata, kind, place));
    models.push({ step, place, model });
  }
  return models;
}

/**
 * The models in the form in which the steps start from them.
 *
 * @throws InvalidInput for a model of other channels than the data's, one with another core where a step takes it over,
 *   and, where a step uses its predictions, one of other activities or windows.
 */
export function fitStoredModels(
  file: string,
  starts: readonly StartingModel[],
  data: LoadedPipeline & { readonly sensors: SensorPlan },
): StoredModels {
  refuse(
    file,
    starts.flatMap(({ step, place, model }) =>
      fitProblems(step, model.metadata, data).map((message): Issue => ({ path: place, message })),
    ),
  );
  const others = starts.filter(
    ({ model }) => JSON.stringify(model.metadata.normalisation) !== JSON.stringify(data.normalisation),
  );
  return {
    models: new Map(
      starts.map(({ step, model: { metadata, parameters } }) => [
        step.trained_model_path,
        { network: metadata.network, parameters },
      ]),
    ),
    warnings: others.map(
      ({ place }) => `${file}: ${place}: learned under another normalisation than that of the labelled people`,
    ),
  };
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

/** Where a step only takes over parts, other activities and windows of another length are allowed. */
function fitProblems(
  { type }: PipelineStep,
  metadata: Metadata,
  { sensors, activities }: LoadedPipeline & { readonly sensors: SensorPlan },
): readonly string[] {
  const channels = channelProblems(metadata, sensors);
  if (takesPartsOnly(type)) {
    return [...channels, ...coreProblems(metadata, publishedModel.convolutions)];
  }
  const { length } = metadata.network.window;
  const windows = `expected windows of ${sensors.window} time steps, found ${length}`;
  const classes = `expected the activities ${activities.join(', ')}, found ${metadata.activities.join(', ')}`;
  return [
    ...channels,
    ...(length === sensors.window ? [] : [windows]),
    ...(metadata.activities.join() === activities.join() ? [] : [classes]),
  ];
}

function refuse(source: string, issues: readonly Issue[]): void {
  if (issues.length > 0) {
    throw new InvalidInput(source, issues);
  }
}
