import { expect, test } from 'vitest';
import { templateMatcher } from './path-template.js';

test('placeholders are read from a path', () => {
  expect(templateMatcher('{person}/{activity}.csv')('ann/walking.csv')).toEqual({ person: 'ann', activity: 'walking' });
});

test('a star stands for any text within a name, also for none', () => {
  const match = templateMatcher('data/{person}-*.csv');
  expect(match('data/ann-1.csv')).toEqual({ person: 'ann' });
  expect(match('data/ann-.csv')).toEqual({ person: 'ann' });
  expect(match('data/sub/ann-1.csv')).toBeUndefined();
});

test('a placeholder takes as little as fits, and never nothing', () => {
  expect(templateMatcher('{person}_{activity}.csv')('ann_walk_fast.csv')).toEqual({
    person: 'ann',
    activity: 'walk_fast',
  });
  expect(templateMatcher('{person}.csv')('.csv')).toBeUndefined();
});

test('letters with a meaning in patterns mean themselves', () => {
  const match = templateMatcher('(1)+[a]/{person}.csv');
  expect(match('(1)+[a]/ann.csv')).toEqual({ person: 'ann' });
  expect(match('1a/ann.csv')).toBeUndefined();
  expect(templateMatcher('{person}.csv')('annxcsv')).toBeUndefined();
});
