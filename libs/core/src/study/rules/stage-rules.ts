/** Rules for single stages and for their relation to the stages before them. */

import type { Issue } from '../../errors.js';
import { clientSideOf } from '../../federated/strategies/strategy-plan.js';
import { formatChoices, didYouMean } from '../../input-text.js';
import { NEWEST, SCRATCH, type Study } from '../study.js';
import { bufferIssues } from './buffer-rules.js';
import { cohortIssues } from './cohort-rules.js';
import { objectiveIssues } from './objective-rules.js';
import { personalIssues } from './personal-rules.js';
import { type PlacedStage, placedStages } from './placed-stage.js';
import { repeatedNames } from './repeated-names.js';
import { referenceIssues } from './stage-references.js';
import { trainingIssues } from './training-rules.js';
import { transformationIssues } from './transformation-rules.js';

/** @param labellers - Names of all known labellers */
export function stageIssues(study: Study, labellers: readonly string[]): readonly Issue[] {
  const places = placedStages(study);
  return [
    ...repeatedNames(places.map(({ stage, path }) => ({ name: stage.name, path: `${path}.name` }))),
    ...places.flatMap((place) => [
      ...nameIssues(place),
      ...referenceIssues(place),
      ...objectiveIssues(place),
      ...labellerIssues(place, labellers),
      ...transformationIssues(place),
      ...trainingIssues(place),
      ...controlIssues(place),
      ...personalIssues(place),
      ...cohortIssues(place),
      ...bufferIssues(place),
    ]),
  ];
}

/** Names with a special meaning where a stage is referred to, and that meaning. */
const reserved: Readonly<Record<string, string>> = {
  [SCRATCH]: 'fresh parameters',
  [NEWEST]: 'the model that a round starts from',
};

function nameIssues({ stage: { name }, path }: PlacedStage): readonly Issue[] {
  const meaning = reserved[name];
  const message = `expected another name, found "${name}", which stands for ${meaning ?? ''}`;
  return meaning === undefined ? [] : [{ path: `${path}.name`, message }];
}

function labellerIssues({ stage: { labeller }, path }: PlacedStage, known: readonly string[]): readonly Issue[] {
  if (labeller === undefined || known.includes(labeller)) {
    return [];
  }
  const message = `expected ${formatChoices(known)}, found "${labeller}"${didYouMean(labeller, known)}`;
  return [{ path: `${path}.labeller`, message }];
}

/**
 * Control variates are mean gradients of all parameters, of which SGD's steps consist, but not those of other
 * optimizers.
 */
function controlIssues({ stage, path }: PlacedStage): readonly Issue[] {
  if (stage.where === 'coordinator' || !clientSideOf(stage.strategy).controlVariate) {
    return [];
  }
  const { optimizer, personal, compress } = stage;
  const nothing = 'expected nothing, because the control variates of scaffold travel whole, found';
  return [
    ...(optimizer.kind === 'sgd'
      ? []
      : [
          {
            path: `${path}.optimizer.kind`,
            message: `expected "sgd", whose steps scaffold can correct, found "${optimizer.kind}"`,
          },
        ]),
    ...(personal ? [{ path: `${path}.personal`, message: `${nothing} a list of ${personal.length}` }] : []),
    ...(compress ? [{ path: `${path}.compress`, message: `${nothing} "${compress.kind}"` }] : []),
  ];
}
