/** From a study to what a participant needs: the network and the local plan of each stage. */

import type { HeadSpec, NetworkSpec } from '../model/network-spec.js';
import type { LocalPlan, Objective, StagePlan } from '../train/plan.js';
import { objectiveTraits } from './objective-traits.js';
import type { Stage, Study } from './study.js';

/** Plans of all stages, in the study's order. */
export function stagePlans(study: Study): readonly StagePlan[] {
  return study.stages.map((stage) => ({
    name: stage.name,
    network: stageNetwork(study, stage),
    plan: localPlan(stage),
    ...(stage.teacher !== undefined && { teacherNetwork: networkOf(study, stage.teacher) }),
  }));
}

/** The network of the stage with that name; throws when the study has none. */
export function networkOf(study: Study, stageName: string): NetworkSpec {
  const stage = study.stages.find(({ name }) => name === stageName);
  if (!stage) {
    throw new Error(`Study "${study.name}" has no stage "${stageName}"`);
  }
  return stageNetwork(study, stage);
}

/** The study's core with the heads that the stage's objective trains. */
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
    window: { length: sensors.window, channels: sensors.channels.length },
    convolutions: model.convolutions,
    dropoutRate: model.dropoutRate,
    l2: model.l2,
    heads: [...(traits.activities ? [activity] : []), ...(traits.transformations ? [transformations] : [])],
  };
}

function localPlan(stage: Stage): LocalPlan {
  return {
    objective: objectiveOf(stage),
    transformations: stage.transformations ?? [],
    length: stage.steps === undefined ? { epochs: given(stage, 'epochs') } : { steps: stage.steps },
    batchSize: stage.batch,
    optimizer: stage.optimizer,
    trainable: stage.trainable,
  };
}

function objectiveOf(stage: Stage): Objective {
  switch (stage.objective) {
    case 'supervised':
    case 'transformation-discrimination':
      return { kind: stage.objective };
    case 'self-training':
    case 'self-har':
      return { kind: stage.objective, selection: given(stage, 'selection') };
  }
}

/** What the rules of a study promise to be there. */
function given<Key extends 'epochs' | 'selection'>(stage: Stage, key: Key): NonNullable<Stage[Key]> {
  const value = stage[key];
  if (value === undefined) {
    throw new Error(`Stage "${stage.name}" has no ${key}: it did not come from parseStudy`);
  }
  return value;
}
