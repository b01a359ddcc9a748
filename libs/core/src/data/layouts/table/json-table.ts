/** Reads JSON as a table, from bytes as they come: one object for each row, in lines of their own or in one list. */

import { InvalidInput } from '../../../errors.js';
import type { CellRow, CsvHeader, RowVisitor, TableOptions, TableReader } from '../csv-table.js';
import { numberIn } from './cell-number.js';
import { utf8Decoder } from './decode.js';
import { type JsonObject, objectScanner } from './json-objects.js';

/** As many objects are looked at for one that has all columns: loggers write about themselves first. */
const OBJECTS_BEFORE_HEADER = 100;

/**
 * Creates a reader of JSON objects, in lines of their own (NDJSON) or in one list. Columns are the keys of the first
 * object that has all those that are needed; `values.x` is a key in an object within, `acc.1` the first in a list. A key
 * that an object does not have, or that is null, is an empty cell.
 *
 * @throws InvalidInput, from `push` and `end`, for what is no such object, and when there is none.
 */
export function jsonTable(
  { source, columns = [], form }: TableOptions,
  open: (header: CsvHeader) => RowVisitor,
): TableReader {
  let waiting: JsonObject[] | undefined = [];
  let visit: ((row: JsonObject) => void) | undefined;
  const start = (): void => {
    const first = waiting?.find(({ cells }) => columns.every((name) => cells.has(name))) ?? waiting?.[0];
    const names = [...(first?.cells.keys() ?? [])];
    visit = rowVisitor(names, open({ source, line: first?.line ?? 1, names }));
    waiting?.forEach(visit);
    waiting = undefined;
  };
  const objects = objectScanner(source, (row) => {
    if (visit) {
      visit(row);
      return;
    }
    waiting?.push(row);
    if (columns.every((name) => row.cells.has(name)) || waiting?.length === OBJECTS_BEFORE_HEADER) {
      start();
    }
  });
  const decode = utf8Decoder(source, form?.encoding);
  return {
    push: (bytes) => {
      objects.push(decode(bytes, false));
    },
    end: () => {
      objects.push(decode(new Uint8Array(), true));
      objects.end();
      if (waiting?.length === 0) {
        throw new InvalidInput(source, [{ path: '', message: 'expected JSON objects, found none' }]);
      }
      if (waiting) {
        start();
      }
      return true;
    },
  };
}

function rowVisitor(names: readonly string[], visit: RowVisitor): (row: JsonObject) => void {
  let current: JsonObject = { line: 0, cells: new Map() };
  const valueAt = (place: number): string | number => current.cells.get(names[place] ?? '') ?? '';
  const row: CellRow = {
    get line() {
      return current.line;
    },
    width: names.length,
    text: (place) => String(valueAt(place)),
    number: (place) => {
      const value = valueAt(place);
      return typeof value === 'number' ? value : numberIn(value);
    },
  };
  return (next) => {
    current = next;
    visit(row);
  };
}
