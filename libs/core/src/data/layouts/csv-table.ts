/**
 * Parses the text of a CSV file into rows of cells with line numbers, and reads typed columns with errors that locate
 * the cell.
 */

import Papa from 'papaparse';
import { InvalidInput } from '../../errors.js';
import { didYouMean } from '../../input-text.js';

/** The column names of a file. */
export interface CsvHeader {
  /** The file, for messages. */
  readonly source: string;
  /** Line number of the header; 0 where the file has none of its own. */
  readonly line: number;
  readonly names: readonly string[];
}

/** One row of a file. */
export interface CsvRow {
  /** Line number, counted from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

export type RowVisitor = (row: CsvRow) => void;

const DELIMITERS = [',', ';', '\t', '|'];

/**
 * Reads a file whose first line names its columns. The delimiter is whichever of comma, semicolon, tab and bar occurs
 * most often in that line. Quoted fields, a byte order mark, CRLF and blank lines are supported.
 *
 * @param open - Receives the header, looks up its columns, and returns the function to call with each row.
 * @throws InvalidInput when the file is empty, has no row below its header, a broken quote, or a row of another length.
 */
export function readCsv(text: string, source: string, open: (header: CsvHeader) => RowVisitor): void {
  const content = text.replace(/^\uFEFF/, '');
  const firstLine = /^.*\S.*$/m.exec(content)?.[0] ?? '';
  const occurrences = DELIMITERS.map((delimiter) => firstLine.split(delimiter).length);
  const delimiter = DELIMITERS[occurrences.indexOf(Math.max(...occurrences))]!;
  let header: CsvHeader | undefined;
  let visit: RowVisitor | undefined;
  let rows = 0;
  forEachRow(content, { source, delimiter }, (row) => {
    if (header && visit) {
      checkWidth(header, row);
      visit(row);
      rows++;
    } else {
      header = { source, line: row.line, names: row.cells.map((name) => name.trim()) };
      visit = open(header);
    }
  });
  if (rows === 0) {
    const found = header ? 'its header only' : 'an empty file';
    throw new InvalidInput(source, [{ path: '', message: `expected a header line and rows below it, found ${found}` }]);
  }
}

/**
 * Reads a file without a header line, whose cells are separated by commas.
 *
 * @throws InvalidInput as {@link readCsv}.
 */
export function readHeaderlessCsv(text: string, header: CsvHeader, visit: RowVisitor): void {
  let rows = 0;
  forEachRow(text, { source: header.source, delimiter: ',' }, (row) => {
    checkWidth(header, row);
    visit(row);
    rows++;
  });
  if (rows === 0) {
    const message = `expected rows of ${header.names.join(', ')}; found an empty file`;
    throw new InvalidInput(header.source, [{ path: '', message }]);
  }
}

/**
 * Reads the column of that name as text.
 *
 * @throws InvalidInput when the header has no such column (the message lists those it has), or has two.
 */
export function textColumn(header: CsvHeader, name: string): (row: CsvRow) => string {
  const place = columnPlace(header, name);
  return ({ cells }) => cells[place]!.trim();
}

/**
 * Reads the column of that name as numbers.
 *
 * @returns A function that throws InvalidInput, with line and column, where a cell is empty or not a finite number.
 * @throws InvalidInput as {@link textColumn}.
 */
export function numberColumn(header: CsvHeader, name: string): (row: CsvRow) => number {
  const place = columnPlace(header, name);
  return ({ line, cells }) => {
    const cell = cells[place]!;
    const value = Number(cell);
    // Number() turns an empty cell into 0.
    if (!Number.isFinite(value) || (value === 0 && cell.trim() === '')) {
      throw cellError(header.source, line, name, `expected a number, found ${foundText(cell.trim())}`);
    }
    return value;
  };
}

function columnPlace({ source, line, names }: CsvHeader, name: string): number {
  const place = names.indexOf(name);
  if (place === -1 || names.includes(name, place + 1)) {
    const there = names.filter((other) => other !== '');
    const found =
      place === -1 ? `the columns ${there.join(', ')}${didYouMean(name, there)}` : 'two columns of that name';
    throw new InvalidInput(source, [{ path: `line ${line}`, message: `expected a column "${name}", found ${found}` }]);
  }
  return place;
}

/** An error about one cell. */
export function cellError(source: string, line: number, column: string, message: string): InvalidInput {
  return new InvalidInput(source, [{ path: `line ${line}, column "${column}"`, message }]);
}

function foundText(text: string): string {
  if (text === '') {
    return 'an empty cell';
  }
  return /^-?\d+,\d+$/.test(text) ? `"${text}" (write decimals with a point)` : `"${text}"`;
}

function forEachRow(
  text: string,
  { source, delimiter }: { source: string; delimiter: string },
  visit: RowVisitor,
): void {
  const mayHoldLineBreaks = text.includes('"');
  let line = 1;
  Papa.parse(text, {
    delimiter,
    step: ({ data: cells, errors }) => {
      const error = errors[0];
      if (error) {
        throw new InvalidInput(source, [
          { path: `line ${line}`, message: `expected a CSV row, found: ${error.message}` },
        ]);
      }
      if (cells.length > 1 || cells[0] !== '') {
        visit({ line, cells });
      }
      line += 1 + (mayHoldLineBreaks ? lineBreaksIn(cells) : 0);
    },
  });
}

function lineBreaksIn(cells: readonly string[]): number {
  return cells.reduce((sum, cell) => sum + cell.split(/\r\n|\r|\n/).length - 1, 0);
}

function checkWidth({ source, names }: CsvHeader, { line, cells }: CsvRow): void {
  if (cells.length !== names.length) {
    const message = `expected ${names.length} cells, as there are columns; found ${cells.length}`;
    throw new InvalidInput(source, [{ path: `line ${line}`, message }]);
  }
}
