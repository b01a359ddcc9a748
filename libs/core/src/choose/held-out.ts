/** A candidate's predictions for people whom its teacher has not seen. */

import { createRng } from '../math/random.js';
import { initialParameters } from '../model/parameters/initial-parameters.js';
import { createNetwork } from '../model/network.js';
import { prepareCoordinatorData } from '../study/plans/prepare-data.js';
import { stagePlans } from '../study/plans/stage-plans.js';
import type { Study } from '../study/study.js';
import { comparedStage } from '../study/plans/with-candidate.js';
import { trueClasses } from '../train/loop/evaluate.js';
import { versionsOf } from '../train/loop/training-set.js';
import { lossWeightRule } from '../train/loss-weights/loss-weight-plan.js';
import { trainAsPlanned } from '../train/loop/planned-training.js';
import { predictActivities } from '../train/loop/predict.js';
import type { Fold } from './folds.js';

/** Predictions for windows that were held out, and their true classes. */
export interface HeldOut {
  /** Class indices, shape [window]. */
  readonly truth: Uint8Array;
  /** Shape [window, class]. */
  readonly probabilities: Float32Array;
}

/**
 * Trains the first supervised stage of the coordinator on the training people of a fold, as the coordinator would if it
 * had no others, and predicts the windows of those who are held out. Random draws depend only on the study's seed and
 * the fold, so that all candidates are compared on the same draws.
 *
 * @param study - A study with a candidate's recipe in it
 * @throws InvalidInput for recordings that cannot be used, and what training throws
 */
export async function predictHeldOut(study: Study, fold: Fold, signal: AbortSignal): Promise<HeldOut> {
  const name = comparedStage(study)?.name;
  const stage = stagePlans(study).find((plan) => plan.name === name);
  const { labelled, test } = dataOf(study, fold);
  if (!stage || !labelled || !test?.labels) {
    throw new Error(`Study "${study.name}" has no stage to compare candidates by: it did not come from parseStudy`);
  }
  const { plan } = stage;
  const rng = createRng(study.seed).fork('choose', fold.heldOut);
  const network = createNetwork(stage.network);
  const set = { windows: labelled, ...versionsOf(plan) };
  const lossWeights = lossWeightRule(plan.lossWeights ?? 'equal', 1);
  const start = initialParameters(network.layout, rng.fork('initial'));
  const trained = await trainAsPlanned(network, start, set, { plan, rng: rng.fork('train'), signal, lossWeights });
  return {
    truth: trueClasses(test.labels, study.activities.length),
    probabilities: await predictActivities(network, trained.parameters, test, signal),
  };
}

/** The label budget was applied before the folds were made. */
function dataOf(study: Study, { training, validation }: Fold): ReturnType<typeof prepareCoordinatorData>['data'] {
  const { clients } = study.people;
  const [labelled, test] = [training, validation].map((held) => [...new Set(held.map(({ subject }) => subject))]);
  const people = { clients, labelled: labelled!, test: test! };
  return prepareCoordinatorData({ ...study, people }, { labelled: training, test: validation }).data;
}
