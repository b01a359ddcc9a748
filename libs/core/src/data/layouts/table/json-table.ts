/** Reads JSON as a table, from bytes as they come: one object for each row, in lines of their own or in one list. */

import { InvalidInput } from '../../../errors.js';
import type { CellRow, CsvHeader, RowVisitor, TableOptions, TableReader } from '../csv-table.js';
import { numberIn } from './cell-number.js';
import { joinedBytes, utf8Decoder } from './decode.js';

const [QUOTE, BACKSLASH, LINE_FEED] = [34, 92, 10];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [91, 93, 123, 125];
/** A longer object is no row. */
const LONGEST_OBJECT_BYTES = 2 ** 24;
/** As many objects are looked at for one that has all columns: loggers write about themselves first. */
const OBJECTS_BEFORE_HEADER = 100;
/** An object with more values holds several rows. */
const MOST_COLUMNS = 1000;

type Cells = ReadonlyMap<string, string | number>;

/** An object and the line on which it begins. */
interface Row {
  readonly line: number;
  readonly cells: Cells;
}

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
  let waiting: Row[] | undefined = [];
  let visit: ((row: Row) => void) | undefined;
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

function rowVisitor(names: readonly string[], visit: RowVisitor): (row: Row) => void {
  let current: Row = { line: 0, cells: new Map() };
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

/** Finds the objects in the bytes of a text; what is between them is checked to be nothing but a list's signs. */
function objectScanner(
  source: string,
  visit: (row: Row) => void,
): { readonly push: (bytes: Uint8Array) => void; readonly end: () => void } {
  let [line, firstLine, depth, lists] = [1, 1, 0, 0];
  let [isText, isEscaped] = [false, false];
  let pending = new Uint8Array();
  const refuse = (at: number, found: string): never => {
    throw new InvalidInput(source, [{ path: `line ${at}`, message: `expected JSON objects, found ${found}` }]);
  };
  const take = (bytes: Uint8Array): void => {
    const cells = cellsIn(bytes) ?? refuse(firstLine, 'an object that is no valid JSON');
    if (cells.size > MOST_COLUMNS) {
      refuse(firstLine, `one with ${cells.size} values: a row is an object, not a list within one`);
    }
    visit({ line: firstLine, cells });
  };
  const inText = (byte: number): void => {
    isText = isEscaped || byte !== QUOTE;
    isEscaped = !isEscaped && byte === BACKSLASH;
  };
  const isWithin = (byte: number): boolean => {
    if (isText) {
      inText(byte);
    } else if (byte === QUOTE) {
      isText = true;
    } else if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
      depth++;
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
      depth--;
    }
    return depth > 0;
  };
  return {
    push: (bytes) => {
      let start = depth > 0 ? 0 : -1;
      bytes.forEach((byte, at) => {
        line += byte === LINE_FEED ? 1 : 0;
        if (depth > 0) {
          if (!isWithin(byte)) {
            take(joinedBytes([pending, bytes.subarray(Math.max(start, 0), at + 1)]));
            pending = new Uint8Array();
            start = -1;
          }
        } else if (byte === OPEN_OBJECT) {
          [start, firstLine, depth] = [at, line, 1];
        } else if (byte === OPEN_LIST || byte === CLOSE_LIST) {
          lists += byte === OPEN_LIST ? 1 : -1;
        } else if (!isBetween(byte)) {
          refuse(line, JSON.stringify(String.fromCharCode(byte)));
        }
      });
      if (depth > 0) {
        pending = joinedBytes([pending, bytes.slice(start)]);
      }
      if (pending.length > LONGEST_OBJECT_BYTES) {
        refuse(firstLine, 'one of more than 16 MB: a row is an object, not a list within one');
      }
    },
    end: () => {
      if (depth > 0) {
        refuse(firstLine, 'an object that does not end: was the file cut off?');
      }
      if (lists !== 0) {
        refuse(line, 'a list that does not end: was the file cut off?');
      }
    },
  };
}

/** Blanks, line ends and commas. */
function isBetween(byte: number): boolean {
  return byte === 44 || byte === 32 || (byte >= 9 && byte <= 13);
}

const decoder = new TextDecoder();

/** The cells of an object; undefined where it is no valid JSON. */
function cellsIn(bytes: Uint8Array): Cells | undefined {
  const cells = new Map<string, string | number>();
  try {
    addCells(cells, '', JSON.parse(decoder.decode(bytes)));
  } catch (error) {
    if (error instanceof SyntaxError) {
      return undefined;
    }
    throw error;
  }
  return cells;
}

function addCells(cells: Map<string, string | number>, name: string, value: unknown): void {
  if (Array.isArray(value)) {
    value.forEach((item, index) => {
      addCells(cells, `${name}.${index + 1}`, item);
    });
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      addCells(cells, name === '' ? key : `${name}.${key}`, inner);
    }
  } else {
    cells.set(
      name,
      typeof value === 'number' || typeof value === 'string' ? value : value === null ? '' : String(value),
    );
  }
}
