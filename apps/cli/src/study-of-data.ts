/** The study file for a data folder: the template with the people, activities, rate and windows of the folder. */

import type { Inspection } from '@gaitway/node';
import { studyTemplate } from './study-template.js';

/** A study needs people to test on, people with labels, and a client. */
const FEWEST_PEOPLE = 3;
/** The coordinator of the template has labels of so many people, and tests on one of so many. */
const [LABELLED, TESTED] = [3, 5];
/** Rate and seconds of the template's windows. */
const TEMPLATE = { rateHz: 25, seconds: 8 };

/** Words that YAML reads as something else than text. */
const NO_TEXT = /^(y|yes|n|no|true|false|on|off|null|rest)$/i;

/** The study file; undefined where the folder has too few people with labels for one. */
export function studyOfData(inspection: Inspection): string | undefined {
  const { people, activities } = inspection;
  const names = people.filter((person) => person.activities.length > 0).map(({ name }) => name);
  if (names.length < FEWEST_PEOPLE || activities.length < 2) {
    return undefined;
  }
  const fifth = names.filter((_, index) => index % TESTED === TESTED - 1);
  const test = fifth.length > 0 ? fifth : names.slice(-1);
  const others = names.filter((name) => !test.includes(name));
  const labelled = others.slice(0, Math.min(LABELLED, others.length - 1));
  const clients = people.length - test.length - labelled.length;
  const enough = Math.min(3, clients);
  const changes: readonly (readonly [RegExp, string])[] = [
    [/^activities: .*$/m, `activities: ${listOf(activities.map(({ name }) => name))}`],
    ...windowChanges(inspection),
    [/test: \[.*?\]/, `test: ${listOf(test)}`],
    [/labelled: \[.*?\]/, `labelled: ${listOf(labelled)}`],
    [
      /cohort: \{ target: 4, minimum: 3, quorum: 3 \}/,
      `cohort: { target: ${Math.min(4, clients)}, minimum: ${enough}, quorum: ${enough} }`,
    ],
  ];
  return changes.reduce((text, [written, own]) => text.replace(written, () => own), studyTemplate);
}

/** Windows that are already cut are taken as they are; no recording is made faster than it is. */
function windowChanges({ rates, cut }: Inspection): readonly (readonly [RegExp, string])[] {
  const usual = Math.min(TEMPLATE.rateHz, Math.round(rates[0]?.rateHz ?? TEMPLATE.rateHz));
  const { rateHz, length, step } = cut
    ? { ...cut, step: cut.length }
    : { rateHz: usual, length: TEMPLATE.seconds * usual, step: (TEMPLATE.seconds * usual) / 2 };
  const why = cut ? 'that of the windows' : 'recordings of other rates are resampled to it';
  return [
    [/rateHz: 25 #.*/, `rateHz: ${rateHz} # ${why}`],
    [/window: 200 #.*/, `window: ${length} # time steps: ${Number((length / rateHz).toFixed(2))} s`],
    [/step: 100 #.*/, `step: ${step} # time steps from one window to the next`],
  ];
}

function listOf(names: readonly string[]): string {
  return `[${names.map((name) => (/^\p{L}[\p{L}\d_ -]*$/u.test(name) && !NO_TEXT.test(name) ? name : JSON.stringify(name))).join(', ')}]`;
}
