/** What a stage takes from the stages before it, and what its tasks say beside the parameters. */

import { StudyStopped } from '../errors.js';
import { createRng } from '../math/random.js';
import { initialParameters } from '../model/parameters/initial-parameters.js';
import { layoutOf } from '../model/parameters/layout.js';
import { carryOverModel, type TrainedModel } from '../model/files/trained-model.js';
import { networkOf } from '../study/plans/stage-plans.js';
import { SCRATCH, type Stage, type Study } from '../study/study.js';
import type { TrainTask } from '../train/task.js';

/** The parameters of each finished stage, by its name. */
export type StudyResult = Readonly<Record<string, Float32Array>>;

/** What came before a stage: the stages that are finished, and models from elsewhere. */
export interface Sources {
  readonly results: StudyResult;
  /** By the path that the study names. */
  readonly models: StoredModels;
}

/** Stored models by their paths. */
export type StoredModels = ReadonlyMap<string, TrainedModel>;

/**
 * Fresh parameters of the stage's network, with all that its network shares with what it starts from.
 *
 * @throws StudyStopped when a stored model was not given
 */
export function startingPoint(study: Study, stage: Stage, { results, models }: Sources): Float32Array {
  const network = networkOf(study, stage.name);
  const fresh = initialParameters(layoutOf(network), createRng(study.seed).fork('initial', stage.name));
  if (stage.from === SCRATCH) {
    return fresh;
  }
  const source =
    typeof stage.from === 'string'
      ? { network: networkOf(study, stage.from), parameters: resultOf(stage.from, results) }
      : storedModel(stage, stage.from.model, models);
  return carryOverModel(network, fresh, source);
}

function storedModel({ name }: Stage, path: string, models: StoredModels): TrainedModel {
  const model = models.get(path);
  if (!model) {
    throw new StudyStopped(`Stage "${name}" starts from the model ${path}, which was not given`);
  }
  return model;
}

/** The result of a finished stage. */
export function resultOf(name: string, results: StudyResult): Float32Array {
  const parameters = results[name];
  if (!parameters) {
    throw new Error(`Stage "${name}" is not finished: the study did not come from parseStudy`);
  }
  return parameters;
}

/**
 * The part of a task that says how often activities are, where the stage aligns labels with it.
 *
 * @param classPrior - [class]; shares of the coordinator's labelled windows
 * @throws StudyStopped when the coordinator cannot say it of every activity: labels could never be of the others.
 */
export function classPriorFor(
  { activities }: Study,
  { name, labels }: Stage,
  classPrior: readonly number[] | undefined,
): Pick<TrainTask, 'classPrior'> {
  if (labels?.alignment !== 'class-prior') {
    return {};
  }
  const missing = activities.filter((_, index) => !((classPrior?.[index] ?? 0) > 0));
  if (!classPrior || missing.length > 0) {
    const without = classPrior ? `none of ${missing.join(', ')}` : 'no class prior';
    throw new StudyStopped(
      `Stage "${name}" aligns labels: expected labelled windows of every activity at the coordinator, found ${without}`,
    );
  }
  return { classPrior };
}
