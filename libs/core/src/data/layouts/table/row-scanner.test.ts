import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CellForm } from './cells.js';
import { rowScanner } from './row-scanner.js';

const comma: CellForm = { separator: 44, decimal: 46 };

/** Lines and cells of a text that comes in pieces. */
function rowsOf(text: string, form = comma, pieceBytes = 1e6): (readonly [number, readonly string[]])[] {
  const rows: (readonly [number, readonly string[]])[] = [];
  const scanner = rowScanner({ source: 'a.csv', form, firstLine: 1 }, (row) => {
    rows.push([row.line, Array.from({ length: row.width }, (_, place) => row.text(place))]);
  });
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    scanner.push(bytes.slice(at, at + pieceBytes));
  }
  scanner.end();
  return rows;
}

/** Any cell, with what has a meaning in tables. */
const cell = fc.string({
  unit: fc.constantFrom('a', 'é', '😀', '1', ' ', ',', '"', '\n', '\r\n', '\t', '.'),
  maxLength: 6,
});

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

describe('rows', () => {
  test('of any cells are read as they were written, in pieces of any size', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 8 }),
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.integer({ min: 1, max: 9 }),
        (rows, end, size) => {
          const text = rows.map((cells) => cells.map(quoted).join(',')).join(end);
          expect(rowsOf(text, comma, size).map(([, cells]) => cells)).toEqual(rows);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('have the line numbers of the file, with line breaks in quotes, blank lines and comments', () => {
    expect(rowsOf('a,b\n\n"c\r\nd",e\r\n  \r# "x\rf,g', { ...comma, comment: '#' })).toEqual([
      [1, ['a', 'b']],
      [3, ['c\r\nd', 'e']],
      [7, ['f', 'g']],
    ]);
  });

  test('with blanks between cells may begin and end with blanks', () => {
    expect(rowsOf(' a  b\t"c d"\t\n\n  e f \t g', { separator: 'blanks', decimal: 46 })).toEqual([
      [1, ['a', 'b', 'c d']],
      [3, ['e', 'f', 'g']],
    ]);
  });

  test('may end with a sign', () => {
    expect(rowsOf('a,b;\nc,d;;\ne,f', { ...comma, rowEnd: ';' }).map(([, cells]) => cells)).toEqual([
      ['a', 'b'],
      ['c', 'd;'],
      ['e', 'f'],
    ]);
    expect(rowsOf('a,b,\n,,\nc,d', { ...comma, rowEnd: ',' }).map(([, cells]) => cells)).toEqual([
      ['a', 'b'],
      ['', ''],
      ['c', 'd'],
    ]);
  });

  test('may have more cells than fit at first', () => {
    const cells = Array.from({ length: 1000 }, (_, place) => String(place));
    expect(rowsOf(cells.join(','))).toEqual([[1, cells]]);
  });
});
