/** Parses and checks a study: the only way to get one. */

import { deepFreeze } from '../deep-freeze.js';
import { InvalidInput } from '../errors.js';
import { parseInput } from '../parse-input.js';
import { labellers, type Labellers } from '../train/labelling/labellers.js';
import { studySchema } from './schema/study-schema.js';
import { studyIssues } from './rules/study-rules.js';
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
