/** Notices that the rows of several devices alternate in one file, by a column that the manifest does not use. */

import type { ColumnName } from './csv-columns.js';
import type { CellRow, CsvHeader } from './csv-table.js';
import type { FileNote } from './layout.js';

/** As many rows of a file are looked at. */
const ROWS = 4000;
/** A column with more values tells no devices apart. */
const MOST_DEVICES = 8;
/** Share of the rows at which the value must change. */
const CHANGING = 0.3;
/** Fewer rows say nothing. */
const FEWEST_ROWS = 50;
/** Rows of the same value are nearer to each other than neighbouring rows by at least this factor. */
const NEARER = 0.7;

interface WatchedColumn {
  readonly place: number;
  readonly name: string;
  /** The last values of the channels beside each value of the column. */
  readonly last: Map<string, Float64Array>;
  previous: string | undefined;
  changes: number;
  /** Sums of the distances to the row above, and to the last row with the same value, where the value has changed. */
  toAbove: number;
  toSame: number;
}

/** Watches the unused columns of one file. */
export interface AlternationWatch {
  see(row: CellRow, values: ArrayLike<number>): void;
  notes(): readonly FileNote[];
}

/** A motion is steady: the next sample of a device is near its last one, and not near another device's. */
export function alternationWatch({ names }: CsvHeader, used: readonly ColumnName[]): AlternationWatch {
  let columns = names.flatMap((name, place): WatchedColumn[] =>
    used.includes(name) || used.includes(place + 1)
      ? []
      : [{ place, name, last: new Map(), previous: undefined, changes: 0, toAbove: 0, toSame: 0 }],
  );
  let rows = 0;
  let above: Float64Array | undefined;
  return {
    see: (row, values) => {
      if (rows === ROWS || columns.length === 0) {
        return;
      }
      rows++;
      const own = Float64Array.from(values);
      for (const column of columns) {
        seeIn(column, row.text(column.place), own, above);
      }
      columns = columns.filter(({ last }) => last.size <= MOST_DEVICES);
      above = own;
    },
    notes: () => {
      const found = columns.find(
        ({ changes, toAbove, toSame }) => changes >= CHANGING * rows && toSame < NEARER * toAbove,
      );
      if (!found || rows < FEWEST_ROWS) {
        return [];
      }
      const values = [...found.last.keys()].join(', ');
      const reason = `seems to hold several devices in turn, which column "${found.name}" tells apart (${values}); write recording: { column: ${found.name} } and interleaved: true`;
      return [{ kind: 'two-devices', reason }];
    },
  };
}

function seeIn(column: WatchedColumn, text: string, own: Float64Array, above: Float64Array | undefined): void {
  const same = column.last.get(text);
  if (column.previous !== undefined && column.previous !== text) {
    column.changes++;
    if (same && above) {
      column.toSame += distance(own, same);
      column.toAbove += distance(own, above);
    }
  }
  column.previous = text;
  column.last.set(text, own);
}

function distance(one: Float64Array, other: Float64Array): number {
  return one.reduce((sum, value, index) => sum + Math.abs(value - (other[index] ?? 0)), 0);
}
