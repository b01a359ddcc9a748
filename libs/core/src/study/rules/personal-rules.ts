/** Rules for the parts that clients keep to themselves: they must learn, and some learning part must be shared. */

import type { Issue } from '../../errors.js';
import { trainableParts } from '../../model/parameters/network-parts.js';
import { trainableRuleIssues } from '../../model/parameters/trainable-rule.js';
import { learnsPersonalActivities, isEarlierStage } from '../plans/stage-traits.js';
import { type PlacedStage, placedNames, repeatedNames } from './placed-parts.js';
import { stageNetwork } from '../plans/stage-plans.js';
import type { ClientStage } from '../study.js';

export function personalIssues({ study, stage, path }: PlacedStage): readonly Issue[] {
  if (stage.where === 'coordinator') {
    return [];
  }
  const { personal } = stage;
  if (!personal) {
    return lengthIssues(stage, path);
  }
  const network = stageNetwork(study, stage);
  const unknown = trainableRuleIssues(network, personal, `${path}.personal`);
  return [
    ...repeatedNames(placedNames(personal, `${path}.personal`)),
    ...unknown,
    ...(unknown.length > 0 ? [] : partIssues(personal, trainableParts(network, stage.trainable), `${path}.personal`)),
    ...lengthIssues(stage, path),
    ...ownModelIssues(stage, path),
  ];
}

/** @param learning - The parts that learn */
function partIssues(personal: readonly string[], learning: readonly string[], path: string): readonly Issue[] {
  const frozen = personal.flatMap((part, index) =>
    learning.includes(part)
      ? []
      : [{ path: `${path}[${index}]`, message: `expected a part that learns, found "${part}", which is frozen` }],
  );
  if (learning.some((part) => !personal.includes(part))) {
    return frozen;
  }
  return [...frozen, { path, message: 'expected some of the parts that learn, found all: there is nothing to share' }];
}

function lengthIssues({ personal, personalEpochs, personalSteps }: ClientStage, path: string): readonly Issue[] {
  const given = [
    { key: 'personalEpochs', value: personalEpochs },
    { key: 'personalSteps', value: personalSteps },
  ].filter(({ value }) => value !== undefined);
  if (!personal) {
    return given.map(({ key, value }) => ({
      path: `${path}.${key}`,
      message: `expected nothing, because no part is personal, found ${value ?? ''}`,
    }));
  }
  const message = 'expected either personalEpochs or personalSteps, found both';
  return given.length > 1 ? [{ path, message }] : [];
}

/** The global model has the personal parts as they were at the beginning, so it cannot recognise activities. */
function ownModelIssues(stage: ClientStage, path: string): readonly Issue[] {
  if (!learnsPersonalActivities(stage)) {
    return [];
  }
  const { teacher, after } = stage;
  const because = 'because the global model does not have what is personal';
  return [
    ...(teacher === undefined || isEarlierStage(teacher)
      ? []
      : [{ path: `${path}.teacher`, message: `expected an earlier stage, ${because}, found the stage's own model` }]),
    ...(after ? [{ path: `${path}.after`, message: `expected nothing, ${because}, found an object` }] : []),
  ];
}
