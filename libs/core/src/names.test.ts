import { describe, expect, it } from 'vitest';
import { foldedName, isWellFormedName, readPersonName } from './names.js';

describe('a name', () => {
  it.each(['ward-3', 'Zoë', '3', 'ward 3', '病棟'])('may be %j', (name) => {
    expect(isWellFormedName(name)).toBe(true);
  });

  it.each([
    ['a control character', 'a\u0007b'],
    ['a line break', 'a\nb'],
    ['a line separator', 'a\u2028b'],
    ['a character that turns the direction', 'an\u202en'],
    ['a character without width', 'a\u200bb'],
    ['half of a surrogate pair', 'a\ud800'],
    ['a space at its end', 'ann '],
    ['nothing', ''],
  ])('has not %s', (_, name) => {
    expect(isWellFormedName(name)).toBe(false);
  });

  it('of a person is read in composed characters', () => {
    expect(readPersonName('zoe\u0308', 'walks.csv', 'line 2')).toBe('zo\u00eb');
    expect(() => readPersonName('an\u202en', 'walks.csv', 'line 2')).toThrow(
      'walks.csv: line 2: expected the name of a person on one line, without invisible characters or spaces around it, found "an\\u202en"',
    );
  });

  it('is compared without its case', () => {
    const same = [
      ['ward-3', 'Ward-3', 'WARD-3'],
      ['straße', 'STRASSE', 'STRAẞE'],
      ['σοφος', 'σοφος'.toUpperCase(), 'σοφοσ'],
      ['zoë', 'ZOE\u0308'],
    ];
    expect(same.map((names) => new Set(names.map(foldedName)).size)).toEqual([1, 1, 1, 1]);
    expect(foldedName('ward-3')).toBe('ward-3');
    expect(foldedName('ward-3')).not.toBe(foldedName('ward-4'));
  });
});
