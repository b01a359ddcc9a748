import { describe, expect, it } from 'vitest';
import { checkLabelRows, parseLabelTable } from './label-table.js';

const stairs = { kind: 'exclusive', outputs: ['steps', 'none'], columns: ['stairs'] } as const;
const tags = { kind: 'multi-label', outputs: ['indoors', 'carrying'], columns: ['indoors', 'carrying'] } as const;
const speed = { kind: 'regression', outputs: ['speed'], columns: ['speed'] } as const;

describe('a label file', () => {
  it('has a single 1 at the class, and NaN where ? or nothing stands', () => {
    const { by, rows } = parseLabelTable('recording,stairs\na.csv,none\nb.csv,?\nc.csv,\n', 'labels.csv', stairs);
    expect(by).toBe('recording');
    expect(rows.map(({ of, targets }) => [of, ...targets])).toEqual([
      ['a.csv', 0, 1],
      ['b.csv', NaN, NaN],
      ['c.csv', NaN, NaN],
    ]);
  });

  it('has 0 and 1 for questions, each missing on its own, and numbers', () => {
    const questions = parseLabelTable('person,indoors,carrying\nann,1,?\n', 'labels.csv', tags);
    expect(questions.by).toBe('person');
    expect([...questions.rows[0]!.targets]).toEqual([1, NaN]);
    const numbers = parseLabelTable('recording,start,end,speed\na.csv,0,5,1.5\na.csv,5,9,\n', 'labels.csv', speed);
    expect(numbers.rows.map(({ start, end, targets }) => [start, end, ...targets])).toEqual([
      [0, 5, 1.5],
      [5, 9, NaN],
    ]);
  });

  it.each([
    [
      'recording,stairs\na.csv,stepps\n',
      stairs,
      'line 2, column "stairs": expected one of "steps", "none" or ?, found "stepps"; did you mean "steps"?',
    ],
    [
      'person,indoors,carrying\nann,yes,0\n',
      tags,
      'line 2, column "indoors": expected 1 (yes), 0 (no) or ?, found "yes"',
    ],
    ['recording,speed\na.csv,fast\n', speed, 'line 2, column "speed": expected a number or ?, found "fast"'],
    ['recording,steps\na.csv,none\n', stairs, 'stairs'],
    [
      'name,stairs\na.csv,none\n',
      stairs,
      'expected a column "recording" or a column "person", found the columns name, stairs',
    ],
    [
      'recording,start,end,speed\na.csv,5,5,1\n',
      speed,
      'line 2, column "end": expected a time after the start, 5, found 5',
    ],
    [
      'recording,start,end,speed\na.csv,0,5,1\na.csv,4,9,2\n',
      speed,
      'line 3: expected one row for each moment of a recording, found a.csv also in line 2',
    ],
    ['person,speed\nann,?\nben,\n', speed, 'labels.csv: expected a row with a label, found none among 2'],
    ['person,speed\n', speed, 'labels.csv: expected a header line and rows below it, found its header only'],
  ])('is refused: %j', (text, task, message) => {
    expect(() => parseLabelTable(text, 'labels.csv', task)).toThrow(message);
  });

  it('is refused where it names recordings that are not there', () => {
    const table = parseLabelTable('recording,stairs\nwlk_7/a.cvs,none\n', 'labels.csv', stairs);
    expect(() => {
      checkLabelRows(table, new Set(['wlk_7/a.csv']));
    }).toThrow(
      'line 2, column "recording": expected a recording of the data folder, found "wlk_7/a.cvs"; did you mean "wlk_7/a.csv"?',
    );
  });
});
