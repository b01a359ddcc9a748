/** How a stage trains, and the coordinator after its rounds: for some length, and parts that are there. */

import type { Issue } from '../errors.js';
import { cachingIssues, trainableRuleIssues } from '../model/trainable-rule.js';
import { lossWeightIssues } from '../train/loss-weight-issues.js';
import { objectiveTraits } from './objective-traits.js';
import type { PlacedStage } from './placed-stage.js';
import { placedNames, repeatedNames } from './repeated-names.js';
import { afterStageOf, stageNetwork } from './stage-plans.js';

export function trainingIssues(place: PlacedStage): readonly Issue[] {
  const after = afterStageOf(place.stage);
  const own = [...lengthIssues(place), ...trainableIssues(place), ...weightIssues(place)];
  return after ? [...own, ...afterIssues({ ...place, stage: after, path: `${place.path}.after` }, place)] : own;
}

/** The coordinator's labels are of activities. */
function afterIssues(after: PlacedStage, { stage }: PlacedStage): readonly Issue[] {
  if (!objectiveTraits[stage.objective].activities) {
    const message = `expected nothing, because ${stage.objective} learns no activities, found an object`;
    return [{ path: after.path, message }];
  }
  return [...lengthIssues(after), ...trainableIssues(after)];
}

function lengthIssues({ stage: { epochs, steps }, path }: PlacedStage): readonly Issue[] {
  if ((epochs === undefined) !== (steps === undefined)) {
    return [];
  }
  return [{ path, message: `expected either epochs or steps, found ${epochs === undefined ? 'neither' : 'both'}` }];
}

function trainableIssues({ study, stage, path }: PlacedStage): readonly Issue[] {
  const { trainable, cacheFeatures, transformations = [] } = stage;
  const network = stageNetwork(study, stage);
  const repeated = Array.isArray(trainable) ? repeatedNames(placedNames(trainable, `${path}.trainable`)) : [];
  return [
    ...repeated,
    ...trainableRuleIssues(network, trainable, `${path}.trainable`),
    ...(cacheFeatures ? cachingIssues(network, trainable, transformations, `${path}.cacheFeatures`) : []),
  ];
}

function weightIssues({ study, stage, path }: PlacedStage): readonly Issue[] {
  const heads = stageNetwork(study, stage).heads.map(({ name }) => name);
  return lossWeightIssues(stage.lossWeights ?? 'equal', { ...stage, heads }, `${path}.lossWeights`);
}
