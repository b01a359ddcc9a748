import { describe, expect, test } from 'vitest';
import { templateIssue, templateMatcher } from './path-template.js';

function match(template: string, path: string): unknown {
  return templateMatcher(template)(path);
}

test('placeholders are read from a path', () => {
  expect(match('{person}/{activity}.csv', 'ann/walking.csv')).toEqual({ person: 'ann', activity: 'walking' });
  expect(match('{person}.csv', '.csv')).toBeUndefined();
});

test('a star stands for any text within a name, also for none, and two for any folders', () => {
  expect(match('data/{person}-*.csv', 'data/ann-1.csv')).toEqual({ person: 'ann' });
  expect(match('data/{person}-*.csv', 'data/ann-.csv')).toEqual({ person: 'ann' });
  expect(match('data/{person}-*.csv', 'data/sub/ann-1.csv')).toBeUndefined();
  expect(['ann.csv', 'x/ann.csv', 'xx/yy/ann.csv'].map((path) => match('**/{person}.csv', path))).toEqual(
    Array(3).fill({ person: 'ann' }),
  );
  expect(match('{person}/**/walk.csv', 'ann/2024/05/walk.csv')).toEqual({ person: 'ann' });
  expect(match('{person}/**', 'ann/2024/walk.csv')).toEqual({ person: 'ann' });
});

test('letters with a meaning in patterns mean themselves', () => {
  expect(match('(1)+[a]/{person}.csv', '(1)+[a]/ann.csv')).toEqual({ person: 'ann' });
  expect(match('(1)+[a]/{person}.csv', '1a/ann.csv')).toBeUndefined();
  expect(match('{person}.csv', 'annxcsv')).toBeUndefined();
});

test('paths typed as on Windows, with ./ before them, or an ending in capitals fit too', () => {
  expect(match('raw\\{person}.csv', 'raw/ann.csv')).toEqual({ person: 'ann' });
  expect(match('./raw//{person}.csv', 'raw/ann.csv')).toEqual({ person: 'ann' });
  expect(match('{person}.csv', 'ann.CSV')).toEqual({ person: 'ann' });
  expect(match('{person}.Csv.GZ', 'ann.Csv.gz')).toEqual({ person: 'ann' });
  expect(match('A_{person}.csv', 'a_ann.csv')).toBeUndefined();
});

test('letters that are composed in one system and not in another are the same', () => {
  expect(match('zo\u00eb_{person}.csv', 'zoe\u0308_ann.csv')).toEqual({ person: 'ann' });
});

describe('a name that can be split in several ways', () => {
  test.each([
    ['{person}_*.csv', 'anna_maria_1.csv', '{person} may be "anna" or "anna_maria"'],
    ['{person}_{activity}.csv', 'ann_walk_fast.csv', '{person} may be "ann" or "ann_walk"'],
    ['S{person}*.csv', 'S01_walk.csv', '{person} may be "0" or "01"'],
    ['*{person}.csv', 'ann.csv', '{person} may be "ann" or "nn"'],
    ['{person}-**.csv', 'a-b/c-d/e.csv', undefined],
  ])('is refused: %s for %s', (template, path, message) => {
    if (message === undefined) {
      expect(match(template, path)).toEqual({ person: 'a' });
    } else {
      expect(() => match(template, path)).toThrow(message);
    }
  });

  test('has one way where only the stars can differ, or a kind says which signs are meant', () => {
    expect(match('*-*_{person}.csv', 'a-b-c_ann.csv')).toEqual({ person: 'ann' });
    expect(match('{person}_{number}.csv', 'anna_maria_12.csv')).toEqual({ person: 'anna_maria' });
    expect(match('{word}_{person}_{activity:word}.csv', 'S1_anna_maria_walk.csv')).toEqual({
      person: 'anna_maria',
      activity: 'walk',
    });
    expect(match('S{person:number}*.csv', 'S01_walk.csv')).toEqual({ person: '01' });
    expect(match('{person:word}_*.csv', 'zo\u00eb2_fast_1.csv')).toEqual({ person: 'zo\u00eb2' });
    expect(match('{person:number}.csv', 'a1.csv')).toBeUndefined();
  });
});

test.each([
  [
    '{persn}.csv',
    'expected {person}, {activity}, {recording}, {number} or {word}, found {persn}; did you mean "person"?',
  ],
  ['{person}/{person}.csv', 'expected {person} once, found it twice'],
  ['{person:digits}.csv', 'expected the kind number or word behind the colon, found "digits"'],
  ['../{person}.csv', 'expected a path inside the folder of the manifest, found one that leaves it'],
  ['C:\\data\\{person}.csv', 'expected a path inside the folder of the manifest, found one that leaves it'],
  ['{person}.csv', undefined],
])('the template %s has the issue: %s', (template, issue) => {
  expect(templateIssue(template)).toBe(issue);
});
