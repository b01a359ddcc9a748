/** What a stage takes from the stages before it: parameters to start from, and a teacher. */

import { digestBytes } from '../math/digest.js';
import { createRng } from '../math/random.js';
import { carryOver, initialParameters } from '../model/initial-parameters.js';
import { layoutOf } from '../model/layout.js';
import { networkOf } from '../study/stage-plans.js';
import { SCRATCH, type Stage, type Study } from '../study/study.js';
import type { Teacher } from '../train/task.js';

/** The parameters of each finished stage, by its name. */
export type StudyResult = Readonly<Record<string, Float32Array>>;

/** What the first round of a stage begins with, and what all its rounds are given beside the parameters. */
export interface StageInputs {
  readonly start: Float32Array;
  readonly given: { readonly teacher?: Teacher };
}

export async function stageInputs(study: Study, stage: Stage, results: StudyResult): Promise<StageInputs> {
  const start = startingPoint(study, stage, results);
  if (stage.teacher === undefined) {
    return { start, given: {} };
  }
  const parameters = resultOf(stage.teacher, results);
  return { start, given: { teacher: { digest: await digestBytes(parameters), parameters } } };
}

/** Fresh parameters of the stage's network, with all that its network shares with the stage it starts from. */
function startingPoint(study: Study, stage: Stage, results: StudyResult): Float32Array {
  const layout = layoutOf(networkOf(study, stage.name));
  const fresh = initialParameters(layout, createRng(study.seed).fork('initial', stage.name));
  if (stage.from === SCRATCH) {
    return fresh;
  }
  const source = { layout: layoutOf(networkOf(study, stage.from)), parameters: resultOf(stage.from, results) };
  return carryOver(layout, fresh, source);
}

function resultOf(name: string, results: StudyResult): Float32Array {
  const parameters = results[name];
  if (!parameters) {
    throw new Error(`Stage "${name}" is not finished: the study did not come from parseStudy`);
  }
  return parameters;
}
