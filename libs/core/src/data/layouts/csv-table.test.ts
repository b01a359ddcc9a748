import { describe, expect, test } from 'vitest';
import { InvalidInput } from '../../errors.js';
import { numberColumn, textColumn } from './csv-columns.js';
import { readCsv } from './csv-table.js';

/** Lines, names and numbers of a file with the columns `name` and `value`. */
function read(text: string): (readonly [number, string, number])[] {
  const rows: (readonly [number, string, number])[] = [];
  readCsv(text, 'a.csv', (header) => {
    const nameOf = textColumn(header, 'name');
    const valueOf = numberColumn(header, 'value');
    return (row) => {
      rows.push([row.line, nameOf(row), valueOf(row)]);
    };
  });
  return rows;
}

const expected = [
  [2, 'ann', 1.5],
  [3, 'bob', -2e-3],
];

describe('a table', () => {
  test.each([',', ';', '\t', '|'])('may have the delimiter %j', (delimiter) => {
    const lines = ['name,value', 'ann,1.5', 'bob,-2e-3'].join('\n').replaceAll(',', delimiter);
    expect(read(lines)).toEqual(expected);
  });

  test('is read by the names of its columns, in any order, among others', () => {
    expect(read('value,extra, name \n1.5,9,ann\n-2e-3,9,bob')).toEqual(expected);
  });

  test('may start with a byte order mark and end lines as on Windows', () => {
    expect(read('\uFEFFname,value\r\nann,1.5\r\nbob,-2e-3\r\n')).toEqual(expected);
  });

  test('may quote its cells, with delimiters, quotes and line breaks inside', () => {
    const text = '"name","value"\n"ann, ""the\nfirst""","1.5"\nbob,2\n';
    expect(read(text)).toEqual([
      [2, 'ann, "the\nfirst"', 1.5],
      [4, 'bob', 2],
    ]);
  });

  test('may have blank lines, which count as lines', () => {
    expect(read('\nname;value\n\nann;1.5\n\n\nbob;2\n\n')).toEqual([
      [4, 'ann', 1.5],
      [7, 'bob', 2],
    ]);
  });
});

describe('a table is refused', () => {
  const message = (text: string): string => {
    try {
      read(text);
    } catch (error) {
      expect(error).toBeInstanceOf(InvalidInput);
      return (error as InvalidInput).message;
    }
    return 'accepted';
  };

  test.each([
    ['without anything', '', 'a.csv: expected a header line and rows below it, found an empty file'],
    ['with blank lines only', '\n\n', 'a.csv: expected a header line and rows below it, found an empty file'],
    ['without rows', 'name,value\n', 'a.csv: expected a header line and rows below it, found its header only'],
    [
      'without a column it needs',
      'nme,value\nann,1\n',
      'a.csv: line 1: expected a column "name", found the columns nme, value; did you mean "nme"?',
    ],
    [
      'without a column it needs below a blank line',
      '\nname;val\nann;1\n',
      'a.csv: line 2: expected a column "value", found the columns name, val',
    ],
    [
      'with a column twice',
      'name,value,name\nann,1,bob\n',
      'a.csv: line 1: expected a column "name", found two columns of that name',
    ],
    ['with a short row', 'name,value\nann,1\nbob\n', 'a.csv: line 3: expected 2 cells, as there are columns; found 1'],
    [
      'with a long row',
      'name,value\nann,1,2\n',
      'a.csv: line 2: expected 2 cells, as there are columns; found 3 (a cell that holds a separator must be in quotes; decimal commas need another separator)',
    ],
    ['with text for a number', 'name,value\nann,x1\n', 'a.csv: line 2, column "value": expected a number, found "x1"'],
    [
      'with an empty cell',
      'name,value\nann,\n',
      'a.csv: line 2, column "value": expected a number, found an empty cell',
    ],
    [
      'with a blank cell',
      'name,value\nann,  \n',
      'a.csv: line 2, column "value": expected a number, found an empty cell',
    ],
    ['with no number', 'name,value\nann,NaN\n', 'a.csv: line 2, column "value": expected a number, found "NaN"'],
    ['with infinity', 'name,value\nann,1e999\n', 'a.csv: line 2, column "value": expected a number, found "1e999"'],
    [
      'with a decimal comma',
      'name;value\nann;0,98\n',
      'a.csv: line 2, column "value": expected a number, found "0,98" (write decimals with a point, or decimal: \',\' in gaitway.yaml)',
    ],
  ])('%s', (_, text, expectedMessage) => {
    expect(message(text)).toBe(expectedMessage);
  });

  test('with a quote that never ends, naming the line where it begins', () => {
    expect(message('name,value\nann,1\n"bob,2\nann,3\n')).toBe(
      'a.csv: line 3: expected a row of cells, found a quote that does not end',
    );
    expect(message('name,value\nann,1\n"bob" x,2\n')).toBe(
      'a.csv: line 3: expected a row of cells, found other signs behind a closing quote',
    );
  });

  test('with an error after a quoted line break, naming the line of the file', () => {
    expect(message('name,value\n"ann\nb\nc",1\nbob,x\n')).toMatch(/^a\.csv: line 5, column "value"/);
  });
});
