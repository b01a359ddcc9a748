/**
 * Rules for how a stage trains, and the coordinator after its rounds: a length must be given, and named parts must
 * exist.
 */

import type { Issue } from '../../errors.js';
import { axesOf } from '../../inputs/axes.js';
import { cachingIssues, trainableRuleIssues } from '../../model/parameters/trainable-rule.js';
import { lossWeightIssues } from '../../train/loss-weights/loss-weight-issues.js';
import { objectiveTraits } from '../plans/stage-traits.js';
import { type PlacedStage, placedNames, repeatedNames } from './placed-parts.js';
import { afterStageOf, stageNetwork } from '../plans/stage-plans.js';

export function trainingIssues(place: PlacedStage): readonly Issue[] {
  const after = afterStageOf(place.stage);
  const own = [...lengthIssues(place), ...trainableIssues(place), ...augmentIssues(place), ...weightIssues(place)];
  return after ? [...own, ...afterIssues({ ...place, stage: after, path: `${place.path}.after` }, place)] : own;
}

/** The coordinator's labels are activities, so the stage must learn activities. */
function afterIssues(after: PlacedStage, { stage }: PlacedStage): readonly Issue[] {
  if (!objectiveTraits[stage.objective].activities) {
    const message = `expected nothing, because ${stage.objective} learns no activities, found an object`;
    return [{ path: after.path, message }];
  }
  return [...lengthIssues(after), ...trainableIssues(after), ...augmentIssues(after)];
}

/** Mirroring, turning and noise apply to axes, so there must be axes. */
function augmentIssues({ study, stage: { augment }, path }: PlacedStage): readonly Issue[] {
  const { channels } = study.sensors;
  if (!augment || axesOf(channels)) {
    return [];
  }
  return (['mirror', 'turn', 'noise'] as const)
    .filter((step) => augment[step] !== undefined)
    .map((step) => ({
      path: `${path}.augment.${step}`,
      message: `expected the three axes of a sensor among the channels, found ${channels.join(', ')}`,
    }));
}

function lengthIssues({ stage: { epochs, steps }, path }: PlacedStage): readonly Issue[] {
  if ((epochs === undefined) !== (steps === undefined)) {
    return [];
  }
  return [{ path, message: `expected either epochs or steps, found ${epochs === undefined ? 'neither' : 'both'}` }];
}

function trainableIssues({ study, stage, path }: PlacedStage): readonly Issue[] {
  const { trainable, cacheFeatures, augment, transformations = [] } = stage;
  const network = stageNetwork(study, stage);
  const repeated = Array.isArray(trainable) ? repeatedNames(placedNames(trainable, `${path}.trainable`)) : [];
  const message = 'expected false, because features of augmented windows differ from pass to pass, found true';
  return [
    ...repeated,
    ...(cacheFeatures && augment ? [{ path: `${path}.cacheFeatures`, message }] : []),
    ...trainableRuleIssues(network, trainable, `${path}.trainable`),
    ...(cacheFeatures ? cachingIssues(network, trainable, transformations, `${path}.cacheFeatures`) : []),
  ];
}

function weightIssues({ study, stage, path }: PlacedStage): readonly Issue[] {
  const heads = stageNetwork(study, stage).heads.map(({ name }) => name);
  return lossWeightIssues(stage.lossWeights ?? 'equal', { ...stage, heads }, `${path}.lossWeights`);
}
