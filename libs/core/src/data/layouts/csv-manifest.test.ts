import { describe, expect, test } from 'vitest';
import { InvalidInput } from '../../errors.js';
import { parseCsvManifest } from './parse-csv-manifest.js';

const good = { path: '{person}/{activity}.csv', unit: 'g', rateHz: 50, channels: { x: 'acc_x' } };

function issuesOf(change: object): readonly string[] {
  try {
    parseCsvManifest({ ...good, ...change }, 'gaitway.yaml');
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidInput);
    return (error as InvalidInput).issues.map(({ path, message }) => `${path}: ${message}`);
  }
  return [];
}

describe('a manifest', () => {
  test('that fits comes out as it went in', () => {
    expect(parseCsvManifest(good, 'gaitway.yaml')).toEqual(good);
  });

  test('with an unknown key is refused with the nearest one', () => {
    const [issue, ...others] = issuesOf({ ratehz: 50 });
    expect(others).toEqual([]);
    expect(issue).toMatch(/^ratehz: .*did you mean "rateHz"\?$/);
  });

  test('with an unknown unit is refused with those there are', () => {
    const [issue] = issuesOf({ unit: 'm/s2' });
    expect(issue).toMatch(/^unit: expected .*"g", "m\/s\^2".*found "m\/s2"; did you mean "m\/s\^2"\?$/);
  });

  test('with an unknown key further in is refused with its path', () => {
    expect(issuesOf({ rateHz: undefined, time: { column: 't', units: 'ms' } }).join('\n')).toMatch(
      /^time\.unit: .*\n?time\.units: .*did you mean "unit"\?/m,
    );
  });

  test('needs the person in the path or in a column, and not in both', () => {
    expect(issuesOf({ path: '{activity}.csv' })).toEqual([
      'person: expected {person} in the path, a column, or a constant such as person: { constant: ann }; found neither',
    ]);
    expect(issuesOf({ person: { column: 'who' } })).toEqual([
      'person: expected {person} in the path, or a column; found both',
    ]);
    expect(issuesOf({ path: '{activity}.csv', person: { column: 'who' } })).toEqual([]);
  });

  test('has the activity in the path or in a column, or nowhere', () => {
    expect(issuesOf({ activity: { column: 'label' } })).toEqual([
      'activity: expected {activity} in the path, or a column; found both',
    ]);
    expect(issuesOf({ path: '{person}.csv' })).toEqual([]);
  });

  test('has a rate or time stamps, and not both', () => {
    const time = { column: 't', unit: 's' };
    const withoutRate = { path: good.path, unit: good.unit, channels: good.channels };
    expect(issuesOf({ time })).toEqual(['rateHz: expected rateHz, or time; found both']);
    expect(() => parseCsvManifest(withoutRate, 'gaitway.yaml')).toThrow(
      'rateHz: expected rateHz, or time; found neither',
    );
    expect(parseCsvManifest({ ...withoutRate, time }, 'gaitway.yaml').time).toEqual(time);
  });

  test('has a path with known placeholders, each once', () => {
    expect(issuesOf({ path: '{persn}.csv' })).toEqual([
      'path: expected {person}, {activity}, {recording}, {number} or {word}, found {persn}; did you mean "person"?',
    ]);
    expect(issuesOf({ path: '{person}/{person}.csv' })).toEqual(['path: expected {person} once, found it twice']);
  });

  test('has channels and a rate above 0', () => {
    expect(issuesOf({ channels: {} })).toEqual(['channels: expected at least one channel, found none']);
    expect(issuesOf({ rateHz: 0 })).toEqual(['rateHz: expected more than 0, found 0']);
  });

  test('that is no object is refused, naming the file', () => {
    expect(() => parseCsvManifest('path: x', 'ann/gaitway.yaml')).toThrow(/^ann\/gaitway\.yaml: expected an object/);
  });
});
