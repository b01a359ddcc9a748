/** Checks keys that only some objectives use. */

import type { Issue } from '../../errors.js';
import { formatFound } from '../../input-text.js';
import { objectiveNames, objectiveTraits, type ObjectiveTraits } from '../plans/objective-traits.js';
import type { PlacedStage } from './placed-stage.js';

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

export function objectiveIssues({ stage, path }: PlacedStage): readonly Issue[] {
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
