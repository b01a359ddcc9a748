/** Runs the steps of a pipeline one after the other. */

import { windowCount, type WindowedDataset } from '../data/windows.js';
import { InvalidInput } from '../errors.js';
import { createRng } from '../math/random.js';
import type { Evaluation } from '../metrics/evaluation.js';
import { publishedModel, reachOf } from '../model/network-spec.js';
import { evaluateModel } from '../train/loop/evaluate.js';
import type { TrainedModel } from '../model/parameters/initial-parameters.js';
import type { PipelineData, PipelineOptions, StepReport } from './pipeline-context.js';
import type { Pipeline, PipelineStep } from './pipeline.js';
import { isTraining, type TrainingType } from './recipes.js';
import { trainStep, type TrainedStep } from './train-step.js';

/**
 * Runs a pipeline and yields each step as it ends, with its model. A tfjs backend must be ready. The same pipeline,
 * data and options give the same bits on the same backend; a step's random draws depend on its position, not on the
 * steps before it.
 *
 * @throws InvalidInput for windows that are too short for the network, StudyStopped when a teacher is confident about
 *   too few windows to go on, Error when training diverges or a stored model is missing, and the signal's reason when
 *   it aborts.
 *
 * @example
 * for await (const { tag, evaluation } of runPipeline(pipeline, data, { seed: 1, activities, fineTune: 'top', signal
 * })) {
 *   console.log(tag, evaluation?.weightedF1);
 * }
 */
export async function* runPipeline(
  pipeline: Pipeline,
  data: PipelineData,
  options: PipelineOptions,
): AsyncGenerator<StepReport, void, undefined> {
  checkWindows(data.labelled, options);
  const models: (TrainedModel | undefined)[] = [];
  for (const [index, step] of pipeline.experiment_configs.entries()) {
    options.signal.throwIfAborted();
    const source = sourceOf(step, models, options);
    const rng = createRng(options.seed).fork('pipeline', index);
    const trained: Partial<TrainedStep> = isTrainingStep(step)
      ? await trainStep(data, { step, index, source, rng }, options)
      : { ...(source && { model: source }) };
    models.push(trained.model);
    const evaluates = step.eval_har || step.type === 'eval_har';
    const evaluation = evaluates && (await evaluate(trained.model, data.test, { rng, signal: options.signal }));
    yield { index, tag: step.tag, type: step.type, ...trained, ...(evaluation && { evaluation }) };
  }
}

function checkWindows({ shape }: WindowedDataset, { model = publishedModel }: PipelineOptions): void {
  const reach = reachOf(model);
  if (shape.length < reach) {
    const message = `expected at least ${reach} time steps, the reach of the model's convolutions, found ${shape.length}`;
    throw new InvalidInput('windows', [{ path: 'length', message }]);
  }
}

function isTrainingStep(step: PipelineStep): step is PipelineStep & { readonly type: TrainingType } {
  return isTraining(step.type);
}

/** The model that a step starts from: its parent's, a stored one, or none. */
function sourceOf(
  step: PipelineStep,
  models: readonly (TrainedModel | undefined)[],
  { storedModels }: PipelineOptions,
): TrainedModel | undefined {
  const { previous_config_offset: offset, trained_model_path: path } = step;
  if (offset > 0) {
    return models[models.length - offset];
  }
  const stored = storedModels?.get(path);
  if (path !== '' && !stored) {
    throw new Error(`Step "${step.tag}" begins with the stored model ${path}, which was not given`);
  }
  return stored;
}

async function evaluate(
  model: TrainedModel | undefined,
  test: WindowedDataset,
  draws: Parameters<typeof evaluateModel>[2],
): Promise<Evaluation> {
  const { labels } = test;
  if (!model || !labels || windowCount(test) === 0) {
    throw new Error('Expected a model and labelled test windows to evaluate it on');
  }
  return evaluateModel(model, { ...test, labels }, draws);
}
