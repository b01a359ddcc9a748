/**
 * Parses unchecked data with a zod schema, and reports everything that is wrong with it in the wording of this project.
 */

import type { z } from 'zod';
import { InvalidInput, type Issue } from './errors.js';
import { formatChoices, formatFound, formatPath, didYouMean } from './input-text.js';

type SchemaIssue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/**
 * Parses `input` with `schema`.
 *
 * @param source - What was read: a file's path, or a name such as `study`
 * @throws InvalidInput with every issue: its path, what was expected there and what was found
 */
export function parseInput<T>(schema: z.ZodType<T>, input: unknown, source: string): T {
  const result = schema.safeParse(input, { reportInput: true, error: describeUnknownKeys });
  if (!result.success) {
    throw new InvalidInput(
      source,
      result.error.issues.flatMap((issue) => plainIssues(issue, [])),
    );
  }
  return result.data;
}

/** Only the schema that met the unknown keys knows the valid ones: the message has one line for each unknown key. */
function describeUnknownKeys(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code !== 'unrecognized_keys') {
    return undefined;
  }
  const definition = issue.inst?._zod.def;
  const known = definition && 'shape' in definition ? Object.keys(definition.shape as object) : [];
  return issue.keys.map((key) => `unknown key, expected ${formatChoices(known)}${didYouMean(key, known)}`).join('\n');
}

function plainIssues(issue: SchemaIssue, parent: Path): readonly Issue[] {
  const path = [...parent, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    const messages = issue.message.split('\n');
    return issue.keys.map((key, index) => ({ path: formatPath([...path, key]), message: messages[index] ?? '' }));
  }
  const branch = issue.code === 'invalid_union' ? issue.errors.find(fitsTheType) : undefined;
  if (branch) {
    return branch.flatMap((inner) => plainIssues(inner, path));
  }
  const found = foundBy(issue);
  const meant = typeof found === 'string' ? didYouMean(found, knownNames(issue)) : '';
  return [{ path: formatPath(path), message: `expected ${expectation(issue)}, found ${formatFound(found)}${meant}` }];
}

/** Whether the input had the type of this branch of a union, and failed further in. */
function fitsTheType(branch: readonly SchemaIssue[]): boolean {
  const wrongType: readonly string[] = ['invalid_type', 'invalid_value', 'invalid_union'];
  return branch.every(({ code, path }) => path.length > 0 || !wrongType.includes(code));
}

function foundBy(issue: SchemaIssue): unknown {
  if (issue.code === 'invalid_union' && issue.discriminator !== undefined) {
    return (issue.input as Readonly<Record<string, unknown>>)[issue.discriminator];
  }
  return issue.code === 'invalid_key' ? issue.path.at(-1) : issue.input;
}

/** The names that would have been valid where the issue arose. */
function knownNames(issue: SchemaIssue): readonly string[] {
  if (issue.code === 'invalid_union') {
    return [...optionsOf(issue), ...issue.errors.flat().flatMap(knownNames)];
  }
  return issue.code === 'invalid_value' ? issue.values.map(String) : [];
}

/** Optional keys have `undefined` among their options, which nobody writes. */
function optionsOf(issue: z.core.$ZodIssueInvalidUnion): readonly string[] {
  const options = 'options' in issue ? (issue.options ?? []) : [];
  return options.filter((option) => option !== undefined).map(String);
}

const typeNames: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'an object',
  record: 'an object',
};

function expectation(issue: SchemaIssue): string {
  if (issue.code === 'invalid_type') {
    return typeNames[issue.expected] ?? issue.expected;
  }
  if (issue.code === 'invalid_value') {
    return formatChoices(issue.values);
  }
  if (issue.code === 'invalid_union') {
    return unionExpectation(issue);
  }
  if (issue.code === 'too_small' || issue.code === 'too_big') {
    return sizeExpectation(issue);
  }
  if (issue.code === 'invalid_key') {
    return `a name that is ${issue.issues.map(expectation).join(' and ')}`;
  }
  // Messages of formats and of a schema's own checks are complete.
  return issue.message;
}

function unionExpectation(issue: z.core.$ZodIssueInvalidUnion): string {
  const options = optionsOf(issue);
  return options.length > 0 ? formatChoices(options) : issue.errors.flat().map(expectation).join(', or ');
}

function sizeExpectation(issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig): string {
  const size =
    issue.code === 'too_small'
      ? `${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}`
      : `${issue.inclusive ? 'at most' : 'less than'} ${issue.maximum}`;
  const counted: Readonly<Record<string, string>> = {
    array: `a list of ${size}`,
    string: `text of ${size} characters`,
  };
  return counted[issue.origin] ?? size;
}
