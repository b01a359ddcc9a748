/** What a stage must say so that it can work after the stages before it. */

import type { Issue } from '../errors.js';
import { formatChoices, formatFound } from '../input-text.js';
import { layoutOf, partsOf } from '../model/layout.js';
import { didYouMean } from '../nearest-name.js';
import { cohortIssues } from './cohort-rules.js';
import { objectiveNames, objectiveTraits, type ObjectiveTraits } from './objective-traits.js';
import { placedStages, type PlacedStage } from './placed-stage.js';
import { placedNames, repeatedNames } from './repeated-names.js';
import { stageNetwork } from './stage-plans.js';
import { referenceIssues } from './stage-references.js';
import { SCRATCH, type Study } from './study.js';
import { transformationIssues } from './transformation-rules.js';

export function stageIssues(study: Study): readonly Issue[] {
  const places = placedStages(study);
  return [
    ...repeatedNames(places.map(({ stage, path }) => ({ name: stage.name, path: `${path}.name` }))),
    ...places.flatMap((place) => [
      ...nameIssues(place),
      ...referenceIssues(place),
      ...objectiveIssues(place),
      ...lengthIssues(place),
      ...transformationIssues(place),
      ...trainableIssues(place),
      ...cohortIssues(place),
    ]),
  ];
}

function nameIssues({ stage, path }: PlacedStage): readonly Issue[] {
  const message = `expected another name, found "${SCRATCH}", which stands for fresh parameters`;
  return stage.name === SCRATCH ? [{ path: `${path}.name`, message }] : [];
}

function lengthIssues({ stage: { epochs, steps }, path }: PlacedStage): readonly Issue[] {
  if ((epochs === undefined) !== (steps === undefined)) {
    return [];
  }
  return [{ path, message: `expected either epochs or steps, found ${epochs === undefined ? 'neither' : 'both'}` }];
}

/** Keys that only some objectives have, with the trait of these objectives. */
const keysOfObjectives = { teacher: 'teacher', selection: 'teacher', transformations: 'transformations' } as const;

function objectiveIssues({ stage, path }: PlacedStage): readonly Issue[] {
  const traits = objectiveTraits[stage.objective];
  const found = (key: keyof typeof keysOfObjectives): string => `found ${formatFound(stage[key])}`;
  const superfluous = (['teacher', 'selection', 'transformations'] as const)
    .filter((key) => stage[key] !== undefined && !traits[keysOfObjectives[key]])
    .map((key) => ({
      path: `${path}.${key}`,
      message: `expected nothing, because only ${objectivesWith(keysOfObjectives[key])} have it, ${found(key)}`,
    }));
  // The schema fills in the others.
  const teacherIsMissing = traits.teacher && stage.teacher === undefined;
  const message = `expected an earlier stage, because the objective is "${stage.objective}", ${found('teacher')}`;
  return [...superfluous, ...(teacherIsMissing ? [{ path: `${path}.teacher`, message }] : [])];
}

function objectivesWith(trait: keyof ObjectiveTraits): string {
  return objectiveNames.filter((name) => objectiveTraits[name][trait]).join(' and ');
}

function trainableIssues({ study, stage, path }: PlacedStage): readonly Issue[] {
  if (stage.trainable === 'all') {
    return [];
  }
  const parts = partsOf(layoutOf(stageNetwork(study, stage)));
  const named = placedNames(stage.trainable, `${path}.trainable`);
  const unknown = named.filter(({ name }) => !parts.includes(name));
  return [
    ...repeatedNames(named),
    ...unknown.map(({ name, path: place }) => ({
      path: place,
      message: `expected ${formatChoices(parts)}, found "${name}"${didYouMean(name, parts)}`,
    })),
  ];
}
