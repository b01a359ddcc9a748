/**
 * Reads a table from the bytes of a file as they come, and its columns as text or numbers, with errors that locate the
 * cell.
 */

import { InvalidInput } from '../../errors.js';
import type { CellForm } from './table/cells.js';
import { type Encoding, joinedBytes, utf8Decoder } from './table/decode.js';
import { type CellRow, type RowScanner, rowScanner } from './table/row-scanner.js';
import { findTableStart, type TableForm } from './table/table-start.js';

export type { CellRow } from './table/row-scanner.js';

/** The columns of a file. */
export interface CsvHeader {
  /** The file, for messages. */
  readonly source: string;
  /** Line number of the header; 0 where the file has none of its own. */
  readonly line: number;
  /** Numbers from 1 on, as text, where the file has no header. */
  readonly names: readonly string[];
}

export type RowVisitor = (row: CellRow) => void;

export interface TableOptions {
  /** The file, for messages. */
  readonly source: string;
  readonly form?: TableForm & { readonly encoding?: Encoding };
  /** Names of columns by which the header line is recognised. */
  readonly columns?: readonly string[];
  /** Names of the columns of files without a header. */
  readonly names?: readonly string[];
  /** Receives the error of a row that has another number of cells; by default it is thrown. */
  readonly onBadRow?: (error: InvalidInput, line: number) => void;
}

export interface TableReader {
  /** Takes the next bytes of the file. */
  push(bytes: Uint8Array): void;
  /**
   * Takes the end of the file.
   *
   * @returns Whether the last line has an end: without one, the file may have been cut off.
   * @throws InvalidInput when the file has no row.
   */
  end(): boolean;
}

/** As many bytes are looked at before the first row is read. */
const BEGINNING_BYTES = 2 ** 16;

/**
 * Creates a reader of one file. Cells may be quoted; a byte order mark, all line ends and blank lines are supported;
 * what the form leaves open is found out from the beginning of the file.
 *
 * @param open - Receives the header, looks up its columns, and returns the function to call with each row.
 * @throws InvalidInput, from `push` and `end`, when the file is empty or has no row below its header, for bytes of
 *   another encoding, zero bytes, a broken quote, and a row of another length.
 */
export function tableReader(options: TableOptions, open: (header: CsvHeader) => RowVisitor): TableReader {
  const { source, form = {} } = options;
  const decode = utf8Decoder(source, form.encoding);
  const rows = rowReader(options, open);
  let beginning: Uint8Array[] | undefined = [];
  let size = 0;
  let scanner: RowScanner | undefined;
  const start = (isLast: boolean): void => {
    const bytes = decode(joinedBytes(beginning ?? []), isLast);
    beginning = undefined;
    const { offset, line, separator } = findTableStart(bytes, form, options.columns ?? []);
    const cellForm: CellForm = { ...form, separator, decimal: (form.decimal ?? '.').charCodeAt(0) };
    scanner = rowScanner({ source, form: cellForm, firstLine: line }, rows.visit);
    scan(scanner, bytes.subarray(offset), source);
  };
  return {
    push: (bytes) => {
      if (scanner) {
        scan(scanner, decode(bytes, false), source);
        return;
      }
      beginning?.push(bytes);
      size += bytes.length;
      if (size >= BEGINNING_BYTES) {
        start(false);
      }
    },
    end: () => {
      if (!scanner) {
        start(true);
      } else {
        scan(scanner, decode(new Uint8Array(), true), source);
      }
      const isEnded = scanner?.end() ?? true;
      rows.refuseNone();
      return isEnded;
    },
  };
}

/** Text has no zero bytes. A logger that loses its power leaves them behind, and UTF-16 has one in each letter. */
function scan(scanner: RowScanner, bytes: Uint8Array, source: string): void {
  const zero = bytes.indexOf(0);
  scanner.push(zero === -1 ? bytes : bytes.subarray(0, zero));
  if (zero !== -1) {
    const message =
      'expected text, found zero bytes (NUL): was the logger cut off while it wrote, or is this UTF-16 (in gaitway.yaml, encoding: utf-16le)?';
    throw new InvalidInput(source, [{ path: `line ${scanner.line()}`, message }]);
  }
}

/** Takes the header from the first row, and passes the others on. */
function rowReader(
  options: TableOptions,
  open: (header: CsvHeader) => RowVisitor,
): { readonly visit: RowVisitor; readonly refuseNone: () => void } {
  const { source, form = {}, names } = options;
  const hasHeader = form.header !== 'none';
  let opened: { readonly header: CsvHeader; readonly visitRow: RowVisitor } | undefined;
  let rows = 0;
  const visit = (row: CellRow): void => {
    if (!opened) {
      const header = hasHeader
        ? { source, line: row.line, names: cellsOf(row) }
        : { source, line: 0, names: names ?? numbers(row) };
      opened = { header, visitRow: open(header) };
      if (hasHeader) {
        return;
      }
    }
    if (row.line >= (form.firstRow ?? 0)) {
      rows++;
      visitFitting(row, opened, options);
    }
  };
  const refuseNone = (): void => {
    if (rows === 0) {
      const expected = hasHeader ? 'a header line and rows below it' : `rows of ${names?.join(', ') ?? 'cells'}`;
      const found = opened ? 'its header only' : 'an empty file';
      throw new InvalidInput(source, [{ path: '', message: `expected ${expected}, found ${found}` }]);
    }
  };
  return { visit, refuseNone };
}

function visitFitting(
  row: CellRow,
  { header, visitRow }: { readonly header: CsvHeader; readonly visitRow: RowVisitor },
  { onBadRow }: TableOptions,
): void {
  const wrong = widthError(header, row);
  if (!wrong) {
    visitRow(row);
  } else if (onBadRow) {
    onBadRow(wrong, row.line);
  } else {
    throw wrong;
  }
}

function cellsOf(row: CellRow): readonly string[] {
  return Array.from({ length: row.width }, (_, place) => row.text(place).trim());
}

function numbers({ width }: CellRow): readonly string[] {
  return Array.from({ length: width }, (_, place) => String(place + 1));
}

function widthError({ source, names }: CsvHeader, row: CellRow): InvalidInput | undefined {
  const { line, width } = row;
  if (width === names.length) {
    return undefined;
  }
  const message = `expected ${names.length} cells, as there are columns; found ${width}${adviceOnWidth(names, row)}`;
  return new InvalidInput(source, [{ path: `line ${line}`, message }]);
}

function adviceOnWidth(names: readonly string[], row: CellRow): string {
  if (row.width <= names.length) {
    return '';
  }
  return row.width === names.length + 1 && row.text(row.width - 1).trim() === ''
    ? ' (where rows end with a separator that the header does not have, write it as rowEnd in gaitway.yaml)'
    : ' (a cell that holds a separator must be in quotes; decimal commas need another separator)';
}

/** Reads a whole table in UTF-8 whose first line names its columns, as {@link tableReader} does. */
export function readCsv(text: string, source: string, open: (header: CsvHeader) => RowVisitor): void {
  const table = tableReader({ source }, open);
  table.push(new TextEncoder().encode(text));
  table.end();
}
