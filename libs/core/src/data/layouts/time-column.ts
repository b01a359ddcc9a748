/** A column of times: numbers in a unit, from any origin, or dates with a time of day. */

import { cellError, type ColumnName, numberColumn, textColumn } from './csv-columns.js';
import type { CellRow, CsvHeader } from './csv-table.js';
import { isoSeconds } from './table/iso-time.js';

/** The units of times in a file; `iso` are dates. */
export const timeUnits = ['s', 'ms', 'us', 'ns', 'iso'] as const;

export type TimeUnit = (typeof timeUnits)[number];

const secondsPerUnit: Readonly<Record<Exclude<TimeUnit, 'iso'>, number>> = { s: 1, ms: 1e-3, us: 1e-6, ns: 1e-9 };

/**
 * Reads a column of times in seconds.
 *
 * @returns A function that throws InvalidInput, with line and column, for what is no time of that unit, and for times
 *   that a spreadsheet has shortened.
 */
export function timeColumn(
  header: CsvHeader,
  { column, unit }: { readonly column: ColumnName; readonly unit: TimeUnit },
): (row: CellRow) => number {
  const textOf = textColumn(header, column);
  if (unit === 'iso') {
    return (row) => {
      const text = textOf(row);
      const seconds = isoSeconds(text);
      if (seconds === undefined) {
        const expected = 'expected a date and a time of day such as 2024-01-31T12:30:00.020+01:00';
        throw cellError(header.source, row.line, column, `${expected}, found "${text}"`);
      }
      return seconds;
    };
  }
  const numberOf = numberColumn(header, column);
  const scale = secondsPerUnit[unit];
  let above: string | undefined;
  return (row) => {
    const text = textOf(row);
    if (above === undefined && isoSeconds(text) !== undefined) {
      throw cellError(header.source, row.line, column, `expected a number in ${unit}, found a date (write unit: iso)`);
    }
    if (text === above && isShortened(text)) {
      const advice = 'a spreadsheet has shortened the times, and they are lost: write rateHz in place of time';
      throw cellError(header.source, row.line, column, `expected a later time, found "${text}" again: ${advice}`);
    }
    above = text;
    return numberOf(row) * scale;
  };
}

/** Whether the digits of a number end before its point: those of 1.65753E+12 do. */
function isShortened(text: string): boolean {
  const [, decimals = '', exponent = ''] = /^[-+]?\d[.,]?(\d*)[eE]\+?(\d+)$/.exec(text) ?? [];
  return Number(exponent) > decimals.length;
}
