/** Finds the cells of a line in the bytes of a table. */

import { InvalidInput } from '../../../errors.js';

const [LINE_FEED, CARRIAGE_RETURN, QUOTE, SPACE, TAB] = [10, 13, 34, 32, 9];

/** How cells are told apart. */
export interface CellForm {
  /** Code of the sign between cells; `blanks` where any number of spaces and tabs is between them. */
  readonly separator: number | 'blanks';
  /** Code of the sign before decimals. */
  readonly decimal: number;
  /** Lines that begin with this are no rows. */
  readonly comment?: string;
  /** A sign at the end of each row that belongs to no cell. */
  readonly rowEnd?: string;
}

/** A row under construction. */
export interface Cells {
  bytes: Uint8Array;
  line: number;
  width: number;
  /** Where each cell begins and ends in `bytes`. */
  starts: Int32Array;
  ends: Int32Array;
  /** Number of line breaks inside the quotes of the row. */
  breaks: number;
}

/** An error about a whole line. */
export function refuseLine(source: string, line: number, found: string): never {
  throw new InvalidInput(source, [{ path: `line ${line}`, message: `expected a row of cells, found ${found}` }]);
}

/** Cells of no row yet. */
export function noCells(line: number): Cells {
  return { bytes: new Uint8Array(), line, width: 0, starts: new Int32Array(16), ends: new Int32Array(16), breaks: 0 };
}

/** Finds the cells of the line at an index, and returns the index behind its end; -1 where the line does not end. */
export function lineScanner(cells: Cells, form: CellForm, source: string): (start: number) => number {
  const { separator, comment, rowEnd } = form;
  const scanCells = separator === 'blanks' ? blankScanner(cells, source) : cellScanner(cells, separator, source);
  const mark = comment === undefined ? undefined : new TextEncoder().encode(comment);
  return (start) => {
    cells.width = 0;
    cells.breaks = 0;
    const isComment = mark?.every((byte, index) => cells.bytes[start + index] === byte) ?? false;
    const at = isComment ? endOfCell(cells.bytes, start, LINE_FEED) : scanCells(start);
    if (rowEnd !== undefined) {
      dropRowEnd(cells, rowEnd.charCodeAt(0), separator);
    }
    return at === -1 ? -1 : afterLine(cells.bytes, at);
  };
}

/** Where rows end with a separator, there is an empty cell behind it. */
function dropRowEnd(cells: Cells, rowEnd: number, separator: CellForm['separator']): void {
  const last = cells.width - 1;
  const end = cells.ends[last] ?? 0;
  if (rowEnd === separator) {
    cells.width -= last > 0 && end === cells.starts[last] ? 1 : 0;
  } else if (cells.bytes[end - 1] === rowEnd) {
    cells.ends[last] = end - 1;
  }
}

/** Returns the index of the line's end. */
function cellScanner(cells: Cells, separator: number, source: string): (start: number) => number {
  return (start) => {
    const { bytes } = cells;
    let at = start;
    for (;;) {
      if (bytes[at] === QUOTE) {
        at = quotedCell(cells, at, separator, source);
      } else {
        const from = at;
        at = endOfCell(bytes, from, separator);
        addCell(cells, from, at);
      }
      if (at === -1 || at >= bytes.length) {
        return -1;
      }
      if (bytes[at] !== separator) {
        return at;
      }
      at++;
    }
  };
}

/** As {@link cellScanner}, for cells with any number of blanks between them, before the first and after the last. */
function blankScanner(cells: Cells, source: string): (start: number) => number {
  return (start) => {
    const { bytes } = cells;
    let at = start;
    for (;;) {
      while (bytes[at] === SPACE || bytes[at] === TAB) {
        at++;
      }
      if (at >= bytes.length) {
        return -1;
      }
      if (bytes[at] === LINE_FEED || bytes[at] === CARRIAGE_RETURN) {
        return at;
      }
      const from = at;
      at = bytes[at] === QUOTE ? quotedCell(cells, at, SPACE, source) : endOfWord(bytes, from);
      if (at === -1) {
        return -1;
      }
      if (bytes[from] !== QUOTE) {
        addCell(cells, from, at);
      }
    }
  };
}

function endOfCell(bytes: Uint8Array, start: number, separator: number): number {
  let at = start;
  while (at < bytes.length) {
    const byte = bytes[at];
    if (byte === separator || byte === LINE_FEED || byte === CARRIAGE_RETURN) {
      break;
    }
    at++;
  }
  return at;
}

function endOfWord(bytes: Uint8Array, start: number): number {
  let at = start;
  while (at < bytes.length && bytes[at] !== SPACE && bytes[at] !== TAB) {
    if (bytes[at] === LINE_FEED || bytes[at] === CARRIAGE_RETURN) {
      break;
    }
    at++;
  }
  return at;
}

/** Adds the cell whose quote is at `start`, and returns the index of what ends it; -1 where nothing does. */
function quotedCell(cells: Cells, start: number, separator: number, source: string): number {
  const { bytes } = cells;
  const close = closingQuote(cells, start + 1);
  addCell(cells, start + 1, close);
  let at = close + 1;
  while (bytes[at] === SPACE && separator !== SPACE) {
    at++;
  }
  if (at >= bytes.length) {
    return -1;
  }
  const ends = separator === SPACE ? [SPACE, TAB] : [separator];
  if (![...ends, LINE_FEED, CARRIAGE_RETURN].includes(bytes[at]!)) {
    refuseLine(source, cells.line, 'other signs behind a closing quote');
  }
  return at;
}

/** The index of the quote that closes a cell; of two quotes, the first is part of the text. */
function closingQuote(cells: Cells, start: number): number {
  const { bytes } = cells;
  let at = start;
  while (at < bytes.length && (bytes[at] !== QUOTE || bytes[at + 1] === QUOTE)) {
    const byte = bytes[at];
    if (byte === LINE_FEED || (byte === CARRIAGE_RETURN && bytes[at + 1] !== LINE_FEED)) {
      cells.breaks++;
    }
    at += byte === QUOTE ? 2 : 1;
  }
  return at;
}

function addCell(cells: Cells, start: number, end: number): void {
  if (cells.width === cells.starts.length) {
    const [starts, ends] = [new Int32Array(2 * cells.width), new Int32Array(2 * cells.width)];
    starts.set(cells.starts);
    ends.set(cells.ends);
    cells.starts = starts;
    cells.ends = ends;
  }
  cells.starts[cells.width] = start;
  cells.ends[cells.width] = end;
  cells.width++;
}

/** The index behind a line end: one sign, or a carriage return and a line feed. */
function afterLine(bytes: Uint8Array, at: number): number {
  if (at >= bytes.length) {
    return -1;
  }
  return bytes[at] === CARRIAGE_RETURN && bytes[at + 1] === LINE_FEED ? at + 2 : at + 1;
}
