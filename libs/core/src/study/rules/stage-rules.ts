/**
 * Rules for single stages, such as keys that only some objectives use, and for their relation to the stages before
 * them.
 */

import type { Issue } from '../../errors.js';
import { clientSideOf } from '../../federated/strategies/strategy-plan.js';
import { formatChoices, didYouMean, formatFound } from '../../input-text.js';
import { objectiveNames, objectiveTraits, type ObjectiveTraits } from '../plans/stage-traits.js';
import { NEWEST, SCRATCH, type Study } from '../study.js';
import { bufferIssues } from './buffer-rules.js';
import { cohortIssues } from './cohort-rules.js';
import { personalIssues } from './personal-rules.js';
import { privacyIssues } from './privacy-rules.js';
import { secureAggregationIssues } from './secure-aggregation-rules.js';
import { type PlacedStage, placedStages, repeatedNames } from './placed-parts.js';
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
      ...privacyIssues(place),
      ...secureAggregationIssues(place),
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

/** The traits that an objective must have for each key to be used. */
const traitsOfKeys = {
  teacher: ['teacher'],
  labeller: ['teacher'],
  selection: ['teacher'],
  labels: ['teacher'],
  examples: ['teacher', 'discrimination'],
  transformations: ['transformations'],
} as const satisfies Readonly<Record<string, readonly (keyof ObjectiveTraits)[]>>;

type ObjectiveKey = keyof typeof traitsOfKeys;

function objectiveIssues({ stage, path }: PlacedStage): readonly Issue[] {
  const found = (key: ObjectiveKey): string => `found ${formatFound(stage[key])}`;
  const superfluous = (Object.keys(traitsOfKeys) as ObjectiveKey[])
    .filter((key) => stage[key] !== undefined && !hasKey(stage.objective, key))
    .map((key) => ({
      path: `${path}.${key}`,
      message: `expected nothing, because only ${objectivesWith(key)}, ${found(key)}`,
    }));
  // The schema fills in the other keys.
  const teacherIsMissing = hasKey(stage.objective, 'teacher') && stage.teacher === undefined;
  const message = `expected an earlier stage, because the objective is "${stage.objective}", ${found('teacher')}`;
  return [...superfluous, ...(teacherIsMissing ? [{ path: `${path}.teacher`, message }] : [])];
}

function hasKey(objective: (typeof objectiveNames)[number], key: ObjectiveKey): boolean {
  return traitsOfKeys[key].every((trait) => objectiveTraits[objective][trait]);
}

/** Text such as `a has it`, `a and b have it`, `a, b and c have it`. */
function objectivesWith(key: ObjectiveKey): string {
  const names = objectiveNames.filter((name) => hasKey(name, key));
  const first = names.slice(0, -1).join(', ');
  return first ? `${first} and ${names.at(-1) ?? ''} have it` : `${names.join('')} has it`;
}
