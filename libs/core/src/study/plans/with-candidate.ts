/** Applies a candidate to a study that has not chosen its recipe yet. */

import { transformationNames } from '../../augment/transformation.js';
import { SCRATCH, type Candidate, type CoordinatorStage, type Stage, type Study, type TrainingPlan } from '../study.js';

/** The study without its candidates. */
export function withoutChoice(study: Study): Study {
  const { choose, ...others } = study;
  return choose ? others : study;
}

/**
 * The stage by which candidates are compared: the first in which the coordinator trains a model from scratch on labels
 * alone.
 */
export function comparedStage({ stages }: Study): CoordinatorStage | undefined {
  return stages.find(
    (stage): stage is CoordinatorStage =>
      stage.where === 'coordinator' && stage.objective === 'supervised' && stage.from === SCRATCH,
  );
}

/** The study with a candidate's recipe in it, and without the candidates. */
export function withCandidate(study: Study, candidate: Candidate): Study {
  const compared = comparedStage(study);
  const stages = study.stages
    .map((stage) => (stage === compared ? trained(compared, candidate) : stage))
    .map((stage) => augmented(stage, candidate));
  return { ...withoutChoice(study), sensors: sensorsWith(study.sensors, candidate), stages };
}

function sensorsWith(sensors: Study['sensors'], { derived, normalisation }: Candidate): Study['sensors'] {
  const { derived: written, ...others } = sensors;
  const inputs = derived ?? written;
  return {
    ...others,
    ...(inputs !== undefined && inputs !== 'none' && { derived: inputs }),
    ...(normalisation && { normalisation }),
  };
}

function augmented(stage: Stage, candidate: Candidate): Stage {
  const own = withVersions(withAugment(stage, candidate));
  return own.where === 'clients' && own.after ? { ...own, after: withAugment(own.after, candidate) } : own;
}

/** The cached features of a frozen core cannot be those of augmented windows. */
function withAugment<Plan extends TrainingPlan>(plan: Plan, { augment }: Candidate): Plan {
  if (augment === undefined || plan.cacheFeatures) {
    return plan;
  }
  const { augment: written, ...others } = plan;
  return augment === 'none' ? (written ? (others as Plan) : plan) : { ...plan, augment };
}

/**
 * The same default as in parsing: a stage that needs versions of windows has all transformations only if it does not
 * augment.
 */
function withVersions(stage: Stage): Stage {
  if (stage.objective !== 'consistency') {
    return stage;
  }
  const { transformations, ...others } = stage;
  if (!stage.augment) {
    return { ...stage, transformations: transformations ?? transformationNames };
  }
  return transformations?.join() === transformationNames.join() ? others : stage;
}

function trained(stage: CoordinatorStage, { learningRate, steps }: Candidate): CoordinatorStage {
  const { epochs, ...others } = stage;
  const optimizer = { ...stage.optimizer, ...(learningRate !== undefined && { learningRate }) };
  if (steps !== undefined) {
    return { ...others, optimizer, steps };
  }
  return epochs === undefined ? { ...others, optimizer } : { ...others, optimizer, epochs };
}
