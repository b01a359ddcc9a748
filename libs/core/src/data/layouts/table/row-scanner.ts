/** Finds the rows of a table in its bytes as they come, and the cells in each row. */

import { cellNumber } from './cell-number.js';
import { type CellForm, type Cells, lineScanner, noCells, refuseLine } from './cells.js';
import { joinedBytes } from './decode.js';

const [LINE_FEED, CARRIAGE_RETURN, QUOTE, SPACE, TAB] = [10, 13, 34, 32, 9];

/** A line that is longer is no row of a table. */
const LONGEST_ROW_BYTES = 2 ** 24;

/** One row, which is valid until the next one is read. */
export interface CellRow {
  /** Line number in the file, counted from 1. */
  readonly line: number;
  /** Number of cells. */
  readonly width: number;
  /** The content of a cell, without quotes around it; the same string as long as the bytes are the same. */
  text(place: number): string;
  /** The number in a cell; NaN where it is empty, or anything else than a decimal number. */
  number(place: number): number;
}

export interface RowScanner {
  /** Takes the next bytes of the file. */
  push(bytes: Uint8Array): void;
  /** Takes what is left as the last row, and tells whether the last line has an end. */
  end(): boolean;
  /** Line number that the scanner has reached. */
  line(): number;
}

/**
 * Creates a scanner for UTF-8 bytes. Lines end with a line feed, a carriage return or both; a cell in quotes may hold
 * separators, line breaks and doubled quotes; lines of nothing but blanks are passed over.
 *
 * @param firstLine - Line number of the first byte.
 * @param visit - Receives each row.
 * @throws InvalidInput, from `push` and `end`, for a quote that does not end, or is followed by other signs.
 */
export function rowScanner(
  { source, form, firstLine }: { readonly source: string; readonly form: CellForm; readonly firstLine: number },
  visit: (row: CellRow) => void,
): RowScanner {
  const cells = noCells(firstLine);
  const row = rowOf(cells, form.decimal);
  const scanLine = lineScanner(cells, form, source);
  let pending = new Uint8Array();
  const scan = (bytes: Uint8Array, isEnd: boolean): void => {
    cells.bytes = bytes;
    let start = 0;
    while (start < bytes.length) {
      const end = scanLine(start);
      // A carriage return may be the first half of a line end.
      if (end === -1 || (end === bytes.length && !isEnd && bytes[end - 1] === CARRIAGE_RETURN)) {
        break;
      }
      if (!isBlank(cells)) {
        visit(row);
      }
      cells.line += 1 + cells.breaks;
      start = end;
    }
    pending = bytes.slice(start);
  };
  return {
    push: (bytes) => {
      scan(pending.length === 0 ? bytes : joinedBytes([pending, bytes]), false);
      if (pending.length > LONGEST_ROW_BYTES) {
        refuseLine(source, cells.line, 'a line or a quote of more than 16 MB');
      }
    },
    end: () => {
      const last = pending.at(-1);
      const isEnded = last === undefined || last === LINE_FEED || last === CARRIAGE_RETURN;
      scan(isEnded ? pending : joinedBytes([pending, Uint8Array.of(LINE_FEED)]), true);
      if (pending.length > 0) {
        refuseLine(source, cells.line, 'a quote that does not end');
      }
      return isEnded;
    },
    line: () => cells.line,
  };
}

function isBlank({ bytes, width, starts, ends }: Cells): boolean {
  if (width !== 1) {
    return width === 0;
  }
  for (let at = starts[0]!; at < ends[0]!; at++) {
    if (bytes[at] !== SPACE && bytes[at] !== TAB) {
      return false;
    }
  }
  return true;
}

function rowOf(cells: Cells, decimal: number): CellRow {
  const texts = cellTexts();
  return {
    get line() {
      return cells.line;
    },
    get width() {
      return cells.width;
    },
    text: (place) => texts(place, cells.bytes, cells.starts[place] ?? 0, cells.ends[place] ?? 0),
    number: (place) => cellNumber(cells.bytes, cells.starts[place] ?? 0, cells.ends[place] ?? 0, decimal),
  };
}

/** Decodes cells. In most columns of text, a cell is the same as the one above it, and need not be decoded again. */
function cellTexts(): (place: number, bytes: Uint8Array, start: number, end: number) => string {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const known: { bytes: Uint8Array; text: string }[] = [];
  return (place, bytes, start, end) => {
    const last = known[place];
    if (last?.bytes.length === end - start && last.bytes.every((byte, index) => byte === bytes[start + index])) {
      return last.text;
    }
    const own = bytes.slice(start, end);
    const text = decoder.decode(own);
    if (bytes[start - 1] === QUOTE && text.includes('"')) {
      return text.replaceAll('""', '"');
    }
    known[place] = { bytes: own, text };
    return text;
  };
}
