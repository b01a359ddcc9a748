/** The columns of a table: found by their names or numbers, and read as text or numbers, with errors that locate the cell. */

import { InvalidInput } from '../../errors.js';
import { didYouMean } from '../../input-text.js';
import type { CellRow, CsvHeader } from './csv-table.js';

/** A column by its name, or by its number from 1 on. */
export type ColumnName = string | number;

/**
 * Reads a column as text, without blanks around it.
 *
 * @throws InvalidInput when the header has no such column (the message lists those it has), or has two.
 */
export function textColumn(header: CsvHeader, name: ColumnName): (row: CellRow) => string {
  const place = columnPlace(header, name);
  return (row) => row.text(place).trim();
}

/**
 * Reads a column as decimal numbers.
 *
 * @returns A function that throws InvalidInput, with line and column, where a cell is empty or not a finite number.
 * @throws InvalidInput as {@link textColumn}.
 */
export function numberColumn(header: CsvHeader, name: ColumnName): (row: CellRow) => number {
  const place = columnPlace(header, name);
  return (row) => {
    const value = row.number(place);
    if (!Number.isFinite(value)) {
      throw cellError(header.source, row.line, name, `expected a number, found ${foundText(row.text(place).trim())}`);
    }
    return value;
  };
}

function columnPlace({ source, line, names }: CsvHeader, name: ColumnName): number {
  if (typeof name === 'number') {
    if (name > names.length) {
      const message = `expected a column ${name}, found ${names.length} columns`;
      throw new InvalidInput(source, [{ path: `line ${line || 1}`, message }]);
    }
    refuseNumberAsName(source, names, name);
    return name - 1;
  }
  const place = names.indexOf(name);
  if (place === -1 || names.includes(name, place + 1)) {
    const there = names.filter((other) => other !== '');
    const advice = there.every((other) => /^[-+.\d]/.test(other)) ? ' (without a header, write header: none)' : '';
    const found =
      place === -1 ? `the columns ${there.join(', ')}${didYouMean(name, there)}${advice}` : 'two columns of that name';
    const path = line === 0 ? '' : `line ${line}`; // arrays have no line of names
    throw new InvalidInput(source, [{ path, message: `expected a column "${name}", found ${found}` }]);
  }
  return place;
}

/** Columns are named 0, 1, 2 where an array was written as a table: 1 is then the name of the second. */
function refuseNumberAsName(source: string, names: readonly string[], number: number): void {
  const named = names.indexOf(String(number));
  if (named !== -1 && named !== number - 1) {
    const message = `expected a column by its name in quotes or by its number, found ${number}, which is the number of column "${names[number - 1] ?? ''}" and the name of column ${named + 1}`;
    throw new InvalidInput(source, [{ path: 'header', message }]);
  }
}

/** An error about one cell. */
export function cellError(source: string, line: number, column: ColumnName, message: string): InvalidInput {
  const name = typeof column === 'number' ? String(column) : `"${column}"`;
  return new InvalidInput(source, [{ path: `line ${line}, column ${name}`, message }]);
}

function foundText(text: string): string {
  if (text === '') {
    return 'an empty cell';
  }
  if (/^-?\d+,\d+$/.test(text)) {
    return `"${text}" (write decimals with a point, or decimal: ',' in gaitway.yaml)`;
  }
  if (/^[-+]?\d{1,3}(,\d{3})+\.\d+$/.test(text)) {
    return `"${text}" (write numbers without a separator of thousands)`;
  }
  return /^[\u2010-\u2015\u2212]/.test(text) ? `"${text}" (its sign is not the minus "-")` : `"${text}"`;
}
