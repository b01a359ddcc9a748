/** Stages that name other stages: only a finished one can be started from or teach. */

import type { Issue } from '../errors.js';
import { formatChoices } from '../input-text.js';
import { didYouMean } from '../nearest-name.js';
import { objectiveTraits } from './objective-traits.js';
import type { PlacedStage } from './placed-stage.js';
import { SCRATCH } from './study.js';

export function referenceIssues(place: PlacedStage): readonly Issue[] {
  return [...startIssues(place), ...teacherIssues(place)];
}

function startIssues(place: PlacedStage): readonly Issue[] {
  const { from } = place.stage;
  return from === SCRATCH ? [] : unknownStage(place, 'from', { name: from, others: [SCRATCH] });
}

function teacherIssues(place: PlacedStage): readonly Issue[] {
  const name = place.stage.teacher;
  if (name === undefined) {
    return [];
  }
  const teacher = place.earlier.find((stage) => stage.name === name);
  if (teacher && !objectiveTraits[teacher.objective].activities) {
    const found = `"${name}", whose objective is "${teacher.objective}"`;
    return [{ path: `${place.path}.teacher`, message: `expected a stage that learns activities, found ${found}` }];
  }
  return unknownStage(place, 'teacher', { name, others: [] });
}

interface Reference {
  /** The stage that is named. */
  readonly name: string;
  /** What may stand there instead of a stage. */
  readonly others: readonly string[];
}

function unknownStage(place: PlacedStage, key: 'from' | 'teacher', { name, others }: Reference): readonly Issue[] {
  const path = `${place.path}.${key}`;
  const choices = [...others, ...place.earlier.map((stage) => stage.name)];
  if (choices.includes(name)) {
    return [];
  }
  const index = place.study.stages.findIndex((stage) => stage.name === name);
  if (index >= 0) {
    const order = name === place.stage.name ? 'is this very stage' : `comes later, as stages[${index}]`;
    return [{ path, message: `expected an earlier stage, found "${name}", which ${order}` }];
  }
  const expected = choices.length > 0 ? formatChoices(choices) : 'an earlier stage, of which there is none';
  return [{ path, message: `expected ${expected}, found "${name}"${didYouMean(name, choices)}` }];
}
