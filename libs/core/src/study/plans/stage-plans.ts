/** Derives from a study what a participant needs: the network and the local plan of each stage. */

import type { LocalSteps } from '../../federated/strategy.js';
import { clientSideOf } from '../../federated/strategies/strategy-plan.js';
import { type Range, totalSize } from '../../math/ranges.js';
import { layoutOf, partRanges } from '../../model/parameters/layout.js';
import type { HeadSpec, NetworkSpec } from '../../model/network-spec.js';
import { trainableParts } from '../../model/parameters/network-parts.js';
import { keepsMemory } from '../../train/memory/client-memory.js';
import { localStepsOf } from '../../train/loop/training-set.js';
import type { LabellingPlan, LocalPlan, Objective, PersonalPlan, StagePlan } from '../../train/plan.js';
import { objectiveTraits, isEarlierStage } from './stage-traits.js';
import { NEWEST, type ClientStage, type CoordinatorStage, type Stage, type Study } from '../study.js';

/**
 * Plans of all stages, in the study's order; a stage is followed by what the coordinator does after its rounds.
 *
 * @throws Error when the study's recipe has not been chosen yet
 */
export function stagePlans(study: Study): readonly StagePlan[] {
  if (study.choose) {
    throw new Error(`Study "${study.name}" still has to choose its recipe: give it to chooseRecipe first`);
  }
  return study.stages.flatMap((stage) => {
    const teacherNetwork = teacherNetworkOf(study, stage);
    const after = afterStageOf(stage);
    const plan = { ...plainPlan(study, stage), ...(teacherNetwork && { teacherNetwork }) };
    return after ? [plan, plainPlan(study, after)] : [plan];
  });
}

function plainPlan(study: Study, stage: Stage): StagePlan {
  const network = stageNetwork(study, stage);
  return { name: stage.name, network, plan: localPlan(stage, network) };
}

/**
 * What the coordinator does after each round of a stage, as a stage of its own: `student/after`, a name that no stage
 * in a study file can have.
 */
export function afterStageOf(stage: Stage): CoordinatorStage | undefined {
  return stage.where === 'clients' && stage.after
    ? { ...stage.after, name: `${stage.name}/after`, where: 'coordinator', objective: 'supervised', from: stage.name }
    : undefined;
}

/** A stage that is labelled by its own models uses its own network as the teacher's. */
function teacherNetworkOf(study: Study, { name, teacher }: Stage): NetworkSpec | undefined {
  if (teacher === undefined) {
    return undefined;
  }
  return networkOf(study, isEarlierStage(teacher) ? teacher : name);
}

/** The network of the stage with that name; throws if the study has no such stage. */
export function networkOf(study: Study, stageName: string): NetworkSpec {
  const stage = study.stages.find(({ name }) => name === stageName);
  if (!stage) {
    throw new Error(`Study "${study.name}" has no stage "${stageName}"`);
  }
  return stageNetwork(study, stage);
}

/** The study's core with the heads that the objective of the stage trains. */
export function stageNetwork({ sensors, model, activities }: Study, stage: Stage): NetworkSpec {
  const traits = objectiveTraits[stage.objective];
  const activity: HeadSpec = {
    name: 'activity',
    kind: 'exclusive',
    outputs: activities,
    hiddenUnits: model.headUnits.activity,
  };
  const transformations: HeadSpec = {
    name: 'transformations',
    kind: 'independent',
    outputs: stage.transformations ?? [],
    hiddenUnits: model.headUnits.transformation,
  };
  return {
    window: { length: sensors.window, channels: sensors.channels.length + (sensors.derived?.length ?? 0) },
    convolutions: model.convolutions,
    dropoutRate: model.dropoutRate,
    l2: model.l2,
    heads: [...(traits.activities ? [activity] : []), ...(traits.discrimination ? [transformations] : [])],
  };
}

function localPlan(stage: Stage, network: NetworkSpec): LocalPlan {
  return {
    objective: objectiveOf(stage),
    transformations: stage.transformations ?? [],
    length: stage.steps === undefined ? { epochs: given(stage, 'epochs') } : { steps: stage.steps },
    batchSize: stage.batch,
    optimizer: stage.optimizer,
    trainable: stage.trainable === 'all' ? 'all' : trainableParts(network, stage.trainable),
    cacheFeatures: stage.cacheFeatures,
    ...(stage.augment && { augment: stage.augment }),
    ...(stage.lossWeights && { lossWeights: stage.lossWeights }),
    ...(stage.where === 'clients' && clientPlan(stage)),
  };
}

/** The part of a local plan that only clients have. */
function clientPlan(stage: ClientStage): Partial<LocalPlan> {
  return {
    ...clientSideOf(stage.strategy),
    ...(stage.personal && { personal: personalPlan(stage, stage.personal) }),
    ...(stage.compress && { compress: stage.compress }),
  };
}

function personalPlan({ personalEpochs, personalSteps }: ClientStage, parts: readonly string[]): PersonalPlan {
  return {
    parts,
    ...(personalEpochs !== undefined && { first: { epochs: personalEpochs } }),
    ...(personalSteps !== undefined && { first: { steps: personalSteps } }),
  };
}

/** Whether the clients of a stage keep a memory from round to round. */
export function stageKeepsMemory(study: Study, stage: Stage): boolean {
  return keepsMemory(localPlan(stage, stageNetwork(study, stage)));
}

/** The ranges of the parameters that the clients of a stage share; undefined where they share all. */
export function sharedRanges(study: Study, stage: Stage): readonly Range[] | undefined {
  const personal = stage.where === 'clients' ? stage.personal : undefined;
  return personal && partRanges(layoutOf(stageNetwork(study, stage)), personal).others;
}

/** How many numbers an update of the stage has: those of the parameters that its clients share. */
export function updateSize(study: Study, stage: Stage): number {
  const ranges = sharedRanges(study, stage);
  return ranges ? totalSize(ranges) : layoutOf(stageNetwork(study, stage)).size;
}

/** The ranges of the parameters that a private stage releases, which are those that learn; undefined where all do. */
export function releasedRanges(study: Study, stage: Stage): readonly Range[] | undefined {
  const network = stageNetwork(study, stage);
  return stage.trainable === 'all'
    ? undefined
    : partRanges(layoutOf(network), trainableParts(network, stage.trainable)).named;
}

/** How many numbers each release of a private stage has. */
export function releasedSize(study: Study, stage: Stage): number {
  const ranges = releasedRanges(study, stage);
  return ranges ? totalSize(ranges) : layoutOf(stageNetwork(study, stage)).size;
}

/**
 * The number of steps of a participant of the stage in a round, as a function of the number of windows that it trains
 * on.
 */
export function stageSteps(study: Study, stage: Stage): LocalSteps {
  return localStepsOf(localPlan(stage, stageNetwork(study, stage)));
}

function objectiveOf(stage: Stage): Objective {
  switch (stage.objective) {
    case 'supervised':
    case 'transformation-discrimination':
      return { kind: stage.objective };
    case 'self-training':
    case 'consistency':
      return { kind: stage.objective, labelling: labellingOf(stage) };
    case 'self-har':
      return { kind: stage.objective, labelling: labellingOf(stage), examples: given(stage, 'examples') };
  }
}

function labellingOf(stage: Stage): LabellingPlan {
  return {
    labeller: given(stage, 'labeller'),
    teacher: stage.teacher === NEWEST ? 'newest' : 'sent',
    selection: given(stage, 'selection'),
    labels: given(stage, 'labels'),
  };
}

/** A key that the rules of a study guarantee to be present. */
function given<Key extends 'epochs' | 'labeller' | 'selection' | 'labels' | 'examples'>(
  stage: Stage,
  key: Key,
): NonNullable<Stage[Key]> {
  const value = stage[key];
  if (value === undefined) {
    throw new Error(`Stage "${stage.name}" has no ${key}: it did not come from parseStudy`);
  }
  return value;
}
