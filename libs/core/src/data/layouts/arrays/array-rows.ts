/** Arrays of one file as the rows of a table, so that a manifest reads them as it reads text. */

import { InvalidInput } from '../../../errors.js';
import type { ColumnName } from '../csv-columns.js';
import type { CellRow, CsvHeader, RowVisitor } from '../csv-table.js';
import { numberIn } from '../table/cell-number.js';
import { arrayText, type NamedArray, plainShape } from './named-array.js';

/** A column of the table: every `stride`-th value from `first` on; one value for all rows where `stride` is 0. */
interface Column {
  readonly name: string;
  /** Undefined where it has the same value in all rows. */
  readonly rows: number | undefined;
  readonly first: number;
  readonly stride: number;
  readonly array: NamedArray;
}

/** An array with more columns is no table, but windows or a picture. */
const MOST_COLUMNS = 10_000;

/**
 * Visits the rows of a table that arrays make up. An array [row] is a column of its name; an array [row, place] is the
 * columns `name.1`, `name.2`, …, or 1, 2, … where it has no name; an array of one value has that value in all rows.
 *
 * @param columns - Those that are needed: their arrays must have the same number of rows.
 * @throws InvalidInput where they have not, and as `open` and its visitor do.
 */
export function visitArrayRows(
  {
    source,
    arrays,
    columns,
  }: { readonly source: string; readonly arrays: readonly NamedArray[]; readonly columns: readonly ColumnName[] },
  open: (header: CsvHeader) => RowVisitor,
): void {
  const all = arrays.flatMap(columnsOf);
  const names = all.map(({ name }) => name);
  const visit = open({ source, line: 0, names });
  const needed = all.filter(({ name }, place) => columns.includes(name) || columns.includes(place + 1));
  const counts = [...new Set(needed.flatMap(({ rows }) => rows ?? []))];
  const [rows] = counts;
  if (rows === undefined || counts.length > 1) {
    const found = [...new Set(needed.map(({ array }) => arrayText(array)))].join(', ');
    throw new InvalidInput(source, [
      { path: '', message: `expected arrays with the same number of rows, found ${found || 'none'}` },
    ]);
  }
  const row = rowOver(all);
  for (row.line = 1; row.line <= rows; row.line++) {
    visit(row);
  }
}

function columnsOf(array: NamedArray): readonly Column[] {
  const [rows = 1, width, deeper] = plainShape(array.shape);
  if (deeper !== undefined || (width ?? 1) > MOST_COLUMNS) {
    return [];
  }
  if (width === undefined) {
    const isConstant = rows === 1;
    const name = array.name === '' ? '1' : array.name;
    return [{ name, rows: isConstant ? undefined : rows, first: 0, stride: isConstant ? 0 : 1, array }];
  }
  const prefix = array.name === '' ? '' : `${array.name}.`;
  return Array.from({ length: width }, (_, place) => ({
    name: `${prefix}${place + 1}`,
    rows,
    first: place,
    stride: width,
    array,
  }));
}

function rowOver(columns: readonly Column[]): CellRow & { line: number } {
  const valueAt = (place: number, line: number): number | string => {
    const column = columns[place];
    return column?.array.values[column.first + column.stride * (line - 1)] ?? '';
  };
  const row = {
    line: 1,
    width: columns.length,
    text: (place: number): string => String(valueAt(place, row.line)),
    number: (place: number): number => {
      const value = valueAt(place, row.line);
      return typeof value === 'number' ? value : numberIn(value);
    },
  };
  return row;
}
