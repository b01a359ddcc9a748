import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { InvalidInput } from './errors.js';
import { parseInput } from './parse-input.js';

const schema = z.strictObject({
  rateHz: z.number().positive(),
  unit: z.enum(['g', 'm/s^2']),
  target: z.union([z.literal('all'), z.int().min(1)]),
  sites: z.union([z.literal('rest'), z.array(z.string()), z.record(z.string().min(1), z.array(z.string()))]),
  stages: z
    .array(
      z.discriminatedUnion('where', [
        z.strictObject({ where: z.literal('coordinator'), teacher: z.string() }),
        z.strictObject({ where: z.literal('clients'), rounds: z.int() }),
      ]),
    )
    .min(1),
});

const good = {
  rateHz: 50,
  unit: 'g',
  target: 'all',
  sites: 'rest',
  stages: [{ where: 'clients', rounds: 3 }],
};

function issuesOf(changes: object): readonly string[] {
  try {
    parseInput(schema, { ...good, ...changes }, 'file.yaml');
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidInput);
    return (error as InvalidInput).issues.map(({ path, message }) => `${path}: ${message}`);
  }
}

describe('parseInput', () => {
  it('returns what the schema makes of good input', () => {
    expect(parseInput(schema, good, 'file.yaml')).toEqual(good);
  });

  it('begins each line of the error with the source and the path', () => {
    expect(() => parseInput(schema, { ...good, rateHz: '50' }, 'file.yaml')).toThrow(
      'file.yaml: rateHz: expected a number, found "50"',
    );
  });

  it('says all issues at once', () => {
    expect(issuesOf({ rateHz: 0, stages: [{ where: 'clients', rounds: 1.5 }, { where: 'coordinator' }] })).toEqual([
      'rateHz: expected more than 0, found 0',
      'stages[0].rounds: expected a whole number, found 1.5',
      'stages[1].teacher: expected text, found nothing',
    ]);
  });

  it('gives every unknown key its own path and the nearest known name', () => {
    expect(issuesOf({ stages: [{ where: 'clients', rounds: 1, round: 2, 'a b': 3 }] })).toEqual([
      'stages[0].round: unknown key, expected one of "where", "rounds"; did you mean "rounds"?',
      'stages[0]["a b"]: unknown key, expected one of "where", "rounds"',
    ]);
  });

  it('suggests the nearest of a fixed set of values', () => {
    expect(issuesOf({ unit: 'm/s2' })).toEqual([
      'unit: expected one of "g", "m/s^2", found "m/s2"; did you mean "m/s^2"?',
    ]);
  });

  it('lists what kinds of object there are when the kind is unknown or missing', () => {
    expect(issuesOf({ stages: [{ where: 'client' }, {}] })).toEqual([
      'stages[0].where: expected one of "coordinator", "clients", found "client"; did you mean "clients"?',
      'stages[1].where: expected one of "coordinator", "clients", found nothing',
    ]);
  });

  it('lists the alternatives where none of them has the type of the value', () => {
    expect(issuesOf({ target: true, sites: 'rst' })).toEqual([
      'target: expected "all", or a number, found true',
      'sites: expected "rest", or a list, or an object, found "rst"; did you mean "rest"?',
    ]);
  });

  it('reports the inside of the alternative that has the type of the value', () => {
    expect(issuesOf({ target: 0, sites: { a: ['x', 1] } })).toEqual([
      'target: expected at least 1, found 0',
      'sites.a[1]: expected text, found 1',
    ]);
    expect(issuesOf({ sites: ['x', {}] })).toEqual(['sites[1]: expected text, found an object']);
  });

  it('says when a name is too short to be one', () => {
    expect(issuesOf({ sites: { '': [] } })).toEqual([
      'sites[""]: expected a name that is text of at least 1 characters, found ""',
    ]);
  });

  it('tells lists, empty lists and long texts in a few words', () => {
    expect(issuesOf({ rateHz: [1, 2], stages: [], unit: 'x'.repeat(100) })).toEqual([
      'rateHz: expected a number, found a list of 2',
      `unit: expected one of "g", "m/s^2", found "${'x'.repeat(57)}..."`,
      'stages: expected a list of at least 1, found an empty list',
    ]);
    expect(() => parseInput(schema, null, 'study')).toThrow('study: expected an object, found null');
  });

  it('shows every character that no terminal should act on, in values and in keys', () => {
    expect(issuesOf({ rateHz: 'a\u001b[2J\nb\u009b2Jc\u202ed\u2028e\u200bf\udfff', 'k\u202e\u{e0041}': 1 })).toEqual([
      'rateHz: expected a number, found "a\\u001b[2J\\nb\\u009b2Jc\\u202ed\\u2028e\\u200bf\\udfff"',
      '["k\\u202e\\udb40\\udc41"]: unknown key, expected one of "rateHz", "unit", "target", "sites", "stages"',
    ]);
  });
});
