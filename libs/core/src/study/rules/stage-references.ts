/** Rules for stages that refer to other stages: only a finished stage can be started from or can teach. */

import type { Issue } from '../../errors.js';
import { formatChoices, didYouMean } from '../../input-text.js';
import { objectiveTraits, learnsPersonalActivities, isEarlierStage } from '../plans/stage-traits.js';
import type { PlacedStage } from './placed-parts.js';
import { NEWEST, SCRATCH, type Stage } from '../study.js';

export function referenceIssues(place: PlacedStage): readonly Issue[] {
  return [...startIssues(place), ...teacherIssues(place)];
}

function startIssues(place: PlacedStage): readonly Issue[] {
  const { from } = place.stage;
  return from === SCRATCH || typeof from !== 'string'
    ? []
    : unknownStage(place, 'from', { name: from, others: [SCRATCH] });
}

function teacherIssues(place: PlacedStage): readonly Issue[] {
  const { teacher } = place.stage;
  if (teacher === undefined) {
    return [];
  }
  if (!isEarlierStage(teacher)) {
    return ownModelIssues(place);
  }
  const source = stageNamed(place, teacher);
  if (source && !objectiveTraits[source.objective].activities) {
    return [
      { path: `${place.path}.teacher`, message: `expected a stage that learns activities, found ${described(source)}` },
    ];
  }
  if (source && learnsPersonalActivities(source)) {
    return [{ path: `${place.path}.teacher`, message: personalMessage(source) }];
  }
  return unknownStage(place, 'teacher', { name: teacher, others: place.earlier.length > 0 ? [NEWEST] : [] });
}

/** A model that labels from its first round on must already recognise activities. */
function ownModelIssues(place: PlacedStage): readonly Issue[] {
  const { from } = place.stage;
  if (typeof from !== 'string') {
    return []; // The code that reads the stored model checks which heads it has.
  }
  const source = stageNamed(place, from);
  if (from !== SCRATCH && !source) {
    return [];
  }
  if (source && learnsPersonalActivities(source)) {
    return [{ path: `${place.path}.from`, message: personalMessage(source) }];
  }
  if (source && objectiveTraits[source.objective].activities) {
    return [];
  }
  const expected = 'a stage that learns activities, because its newest model labels the windows';
  return [
    { path: `${place.path}.from`, message: `expected ${expected}, found ${source ? described(source) : `"${from}"`}` },
  ];
}

function stageNamed({ earlier }: PlacedStage, name: string): Stage | undefined {
  return earlier.find((stage) => stage.name === name);
}

function personalMessage({ name }: Stage): string {
  return `expected a stage whose clients share all that recognises activities, because its model labels windows, found "${name}"`;
}

function described({ name, objective }: Stage): string {
  return `"${name}", whose objective is "${objective}"`;
}

interface Reference {
  /** The stage that is referred to. */
  readonly name: string;
  /** Values that are allowed instead of the name of a stage. */
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
