/**
 * Parses and checks a study: the only way to get one. One that cannot work is refused here, by the rules between its
 * parts. Its digest identifies it on both sides of a federation.
 */

import { InvalidInput, type Issue } from '../errors.js';
import { axesOf } from '../inputs/axes.js';
import { digestJson, type Digest } from '../math/digest.js';
import { reachOf } from '../model/network-spec.js';
import { parseInput } from '../parse-input.js';
import { labellers, type Labellers } from '../train/labelling/labellers.js';
import { chooseIssues } from './rules/choose-rules.js';
import { peopleIssues } from './rules/people-rules.js';
import { placedNames, repeatedNames } from './rules/placed-parts.js';
import { stageIssues } from './rules/stage-rules.js';
import { studySchema } from './schema/study-schema.js';
import type { Study } from './study.js';

/**
 * The study that `input` (parsed YAML or JSON) describes, with all defaults and frozen. Parsing its JSON gives the same
 * study.
 *
 * @param source - Where it was read from, for messages
 * @param ownLabellers - Labellers that stages may name in addition to the built-in ones
 * @throws InvalidInput with all issues: first those of single values, then those between the parts
 *
 * @example
 * const study = parseStudy({
 *   name: 'first-study',
 *   activities: ['sitting', 'walking'],
 *   sensors: { channels: ['x', 'y', 'z'], rateHz: 50, window: 400, step: 200 },
 *   people: { test: [1, 6], labelled: [2], clients: 'rest' },
 *   stages: 'selfhar',
 * });
 */
export function parseStudy(input: unknown, source = 'study', ownLabellers: Labellers = {}): Study {
  const study = parseInput(studySchema, input, source);
  const issues = studyIssues(study, Object.keys({ ...labellers, ...ownLabellers }));
  if (issues.length > 0) {
    throw new InvalidInput(source, issues);
  }
  return deepFreeze(study);
}

/** Equal exactly when two parsed studies have the same content, however they were written. */
export async function studyDigest(study: Study): Promise<Digest> {
  return digestJson(study);
}

/**
 * All issues between the parts of a study in which each part is valid by itself.
 *
 * @param labellers - Names of all known labellers
 */
function studyIssues(study: Study, labellers: readonly string[]): readonly Issue[] {
  return [
    ...chooseIssues(study, (candidate) => issuesBetween(candidate, labellers)),
    ...issuesBetween(study, labellers),
  ];
}

function issuesBetween(study: Study, labellers: readonly string[]): readonly Issue[] {
  return [
    ...repeatedNames(placedNames(study.activities, 'activities')),
    ...repeatedNames(placedNames(study.sensors.channels, 'sensors.channels')),
    ...windowIssues(study),
    ...inputIssues(study),
    ...peopleIssues(study),
    ...stageIssues(study, labellers),
  ];
}

/** The convolutions have no padding, so a window must be at least as long as their reach. */
function windowIssues({ sensors, model }: Study): readonly Issue[] {
  const reach = reachOf(model);
  if (sensors.window >= reach) {
    return [];
  }
  const message = `expected at least ${reach}, the reach of the model's convolutions, found ${sensors.window}`;
  return [{ path: 'sensors.window', message }];
}

/** Derived channels are computed from three axes; the normalisation by a constant applies to axes only. */
function inputIssues({ sensors: { channels, derived = [], normalisation } }: Study): readonly Issue[] {
  const found = `found ${channels.join(', ')}`;
  const noAxes = derived.length > 0 && !axesOf(channels);
  return [
    ...repeatedNames(placedNames(derived, 'sensors.derived')),
    ...(noAxes
      ? [{ path: 'sensors.derived', message: `expected the three axes of a sensor among the channels, ${found}` }]
      : []),
    ...(normalisation === 'axes' && channels.length !== 3
      ? [{ path: 'sensors.normalisation', message: `expected z or site, since axes is for three axes alone, ${found}` }]
      : []),
  ];
}

/** The same value, frozen together with everything in it. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}
