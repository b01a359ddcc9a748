/** Text of rows without a header as an array [row, place]. */

import { type CellRow, tableReader } from '../csv-table.js';
import type { NamedArray } from './named-array.js';

/**
 * The array in the bytes of a text file. Where all cells are numbers it holds numbers, else texts.
 *
 * @throws InvalidInput for a row of another length, and an empty file.
 */
export function textArray(bytes: Uint8Array, source: string): NamedArray {
  const rows: (readonly string[])[] = [];
  const numbers: Float64Array[] = [];
  let width = 0;
  const table = tableReader({ source, form: { header: 'none' } }, (header) => {
    width = header.names.length;
    return (row) => {
      const own = numbersOf(row);
      if (own && rows.length === 0) {
        numbers.push(own);
      } else {
        rows.push(...numbers.splice(0).map((above) => Array.from(above, String)), textsOf(row));
      }
    };
  });
  table.push(bytes);
  table.end();
  const isNumeric = rows.length === 0;
  return {
    name: '',
    shape: [isNumeric ? numbers.length : rows.length, width],
    values: isNumeric ? flat(numbers, width) : rows.flat(),
  };
}

function numbersOf(row: CellRow): Float64Array | undefined {
  const values = Float64Array.from({ length: row.width }, (_, place) => row.number(place));
  return values.every(Number.isFinite) ? values : undefined;
}

function textsOf(row: CellRow): readonly string[] {
  return Array.from({ length: row.width }, (_, place) => row.text(place).trim());
}

function flat(rows: readonly Float64Array[], width: number): Float64Array {
  const values = new Float64Array(rows.length * width);
  rows.forEach((row, index) => {
    values.set(row, index * width);
  });
  return values;
}
