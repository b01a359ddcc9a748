/** The parameters that a stage starts from: fresh ones, those of an earlier stage, or those of a stored model. */

import { StudyStopped } from '../errors.js';
import { createRng } from '../math/random.js';
import { initialParameters, carryOverModel, type TrainedModel } from '../model/parameters/initial-parameters.js';
import { layoutOf } from '../model/parameters/layout.js';
import { networkOf } from '../study/plans/stage-plans.js';
import { SCRATCH, type Stage, type Study } from '../study/study.js';

/** The parameters of each finished stage, by its name. */
export type StudyResult = Readonly<Record<string, Float32Array>>;

/** What a stage can start from. */
export interface Sources {
  /** The finished stages. */
  readonly results: StudyResult;
  readonly models: StoredModels;
}

/** Stored models by the paths that the study names. */
export type StoredModels = ReadonlyMap<string, TrainedModel>;

/**
 * [parameter]; freshly initialised, then overwritten with every part that the stage's network shares with the network it
 * starts from.
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

/** The parameters of a finished stage. */
export function resultOf(name: string, results: StudyResult): Float32Array {
  const parameters = results[name];
  if (!parameters) {
    throw new Error(`Stage "${name}" is not finished: the study did not come from parseStudy`);
  }
  return parameters;
}
