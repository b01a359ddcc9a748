/** Finds where the rows of a table begin in the first bytes of a file: its header line, and what separates its cells. */

import type { CellForm } from './cells.js';

/** What a manifest says of the form of tables. */
export interface TableForm {
  /** The sign between cells; `blanks` for any number of spaces and tabs. Found out where it is absent. */
  readonly separator?: Separator;
  /** The sign before decimals. */
  readonly decimal?: ',' | '.';
  /** Lines that begin with this are passed over. */
  readonly comment?: string;
  /** A sign that ends each row. */
  readonly rowEnd?: string;
  /** Line number of the header; `none` where the file has only rows. Found out where it is absent. */
  readonly header?: number | 'none';
  /** Line number of the first row. */
  readonly firstRow?: number;
}

export interface TableStart {
  /** Index of the first byte of the header, or of the first row where there is none. */
  readonly offset: number;
  /** Its line number. */
  readonly line: number;
  readonly separator: CellForm['separator'];
}

/** What may separate cells, in the order in which it is tried. */
export const separators = [',', ';', 'tab', '|', 'blanks'] as const;

type Separator = (typeof separators)[number];

/** A header is looked for in as many lines: loggers write about themselves first. */
const LINES_BEFORE_HEADER = 100;

interface Line {
  readonly offset: number;
  readonly number: number;
  readonly text: string;
}

/**
 * Finds the start of a table. The header is the first line that has all columns; where there is none, it is the first
 * line that is not blank, for the message that says what it lacks. Of the separators with which it has them, those are
 * preferred with which the row below has as many cells.
 *
 * @param bytes - The beginning of the file, in UTF-8.
 * @param columns - Names of columns that the header has; without any, the first line is it.
 */
export function findTableStart(bytes: Uint8Array, form: TableForm, columns: readonly string[]): TableStart {
  const from = (form.header === 'none' ? form.firstRow : form.header) ?? 0;
  const lines = firstLines(bytes, Math.max(LINES_BEFORE_HEADER, from + 2)).filter(
    ({ number, text }) => number >= from && !isPassedOver(text, form),
  );
  const isFirst = from > 0 || form.header === 'none' || columns.length === 0;
  const candidates = isFirst ? lines.slice(0, 1) : lines;
  for (const line of candidates) {
    const start = startAt(line, lines, form, columns);
    if (start) {
      return start;
    }
  }
  const { offset, number, text } = lines[0] ?? { offset: bytes.length, number: 1, text: '' };
  const counted = separatorsOf(form).map((separator) => ({ separator, count: cellsOf(text, separator, form).length }));
  return { offset, line: number, separator: codeOf(preferred(counted)) };
}

function isPassedOver(text: string, { comment }: TableForm): boolean {
  return text.trim() === '' || (comment !== undefined && text.startsWith(comment));
}

function firstLines(bytes: Uint8Array, most: number): readonly Line[] {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const lines: Line[] = [];
  let offset = 0;
  while (offset < bytes.length && lines.length < most) {
    let end = offset;
    while (end < bytes.length && bytes[end] !== 10 && bytes[end] !== 13) {
      end++;
    }
    lines.push({ offset, number: lines.length + 1, text: decoder.decode(bytes.subarray(offset, end)) });
    offset = bytes[end] === 13 && bytes[end + 1] === 10 ? end + 2 : end + 1;
  }
  return lines;
}

/** The start of a table whose header, or first row, is this line; undefined where it cannot be. */
function startAt(
  line: Line,
  all: readonly Line[],
  form: TableForm,
  columns: readonly string[],
): TableStart | undefined {
  const hasHeader = form.header !== 'none';
  const below = all.find(({ number }) => number > line.number && number >= (form.firstRow ?? 0));
  // Some programs write a header as a comment: "# x,y,z".
  const marked = hasHeader ? (/^#[ \t]*/.exec(line.text)?.[0].length ?? 0) : 0;
  for (const skipped of new Set([0, marked])) {
    const having = separatorsOf(form)
      .map((separator) => ({ separator, cells: cellsOf(line.text.slice(skipped), separator, form) }))
      .filter(({ cells }) => !hasHeader || columns.every((name) => cells.includes(name)))
      .map(({ separator, cells }) => ({ separator, count: cells.length }));
    const agreeing = having.filter(
      ({ separator, count }) => count > 1 && below && cellsOf(below.text, separator, form).length === count,
    );
    if (having.length > 0) {
      const separator = codeOf(preferred(agreeing.length > 0 ? agreeing : having));
      return { offset: line.offset + skipped, line: line.number, separator };
    }
  }
  return undefined;
}

function separatorsOf({ separator, decimal }: TableForm): readonly Separator[] {
  return separator === undefined ? separators.filter((sign) => sign !== decimal) : [separator];
}

interface Fitting {
  readonly separator: Separator;
  /** Number of cells. */
  readonly count: number;
}

/** That with most cells; blanks, which are also within ordinary names, only where no other sign separates anything. */
function preferred(fitting: readonly Fitting[]): Separator {
  const byCells = fitting.toSorted((one, other) => other.count - one.count);
  const separating = byCells.filter(({ count }) => count > 1);
  const sign = separating.find(({ separator }) => separator !== 'blanks') ?? separating[0] ?? fitting[0];
  return sign?.separator ?? ',';
}

function codeOf(separator: Separator): TableStart['separator'] {
  if (separator === 'blanks') {
    return separator;
  }
  return (separator === 'tab' ? '\t' : separator).charCodeAt(0);
}

/** The cells of a line, without the blanks and quotes around them. */
function cellsOf(line: string, separator: Separator, { rowEnd }: TableForm): readonly string[] {
  const text = rowEnd !== undefined && line.endsWith(rowEnd) ? line.slice(0, -1) : line;
  if (separator === 'blanks') {
    return (text.match(/"(?:[^"]|"")*"(?=[ \t]|$)|[^ \t]+/g) ?? []).map(unquoted);
  }
  const sign = separator === 'tab' ? '\t' : separator;
  const cells: string[] = [];
  let [from, isQuoted] = [0, false];
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '"') {
      isQuoted = !isQuoted;
    } else if (text[at] === sign && !isQuoted) {
      cells.push(unquoted(text.slice(from, at)));
      from = at + 1;
    }
  }
  return [...cells, unquoted(text.slice(from))];
}

function unquoted(text: string): string {
  const cell = text.trim();
  return /^".*"$/.test(cell) ? cell.slice(1, -1).replaceAll('""', '"').trim() : cell;
}
