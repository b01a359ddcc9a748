/** A label file: each row has the labels of a recording, a part of one, or a person. */

import { numberColumn, textColumn } from '../data/layouts/csv-columns.js';
import { readCsv, type CsvHeader, type CellRow } from '../data/layouts/csv-table.js';
import { InvalidInput, type Issue } from '../errors.js';
import { didYouMean } from '../input-text.js';
import { targetReader, type TargetColumns } from './target-cells.js';

export interface LabelRow {
  readonly line: number;
  /** The source of the recording, or the name of the person. */
  readonly of: string;
  /** Seconds since the recording's first sample, from `start` (included) to `end` (excluded). */
  readonly start: number;
  readonly end: number;
  /** NaN where the label is missing; shape [output]. */
  readonly targets: Float32Array;
}

/** A table of labels that were written down beside the recordings. */
export interface LabelTable {
  /** The file, for messages. */
  readonly source: string;
  /** Whether rows refer to recordings or to people. */
  readonly by: 'recording' | 'person';
  readonly rows: readonly LabelRow[];
}

/**
 * Reads the labels of one task.
 *
 * @param source - The file, for messages.
 * @throws InvalidInput, with line and column, for missing columns, a value that the task does not know, a time range
 *   that ends before it begins, two rows for the same moment, and when no row has a label.
 */
export function parseLabelTable(text: string, source: string, task: TargetColumns): LabelTable {
  const rows: LabelRow[] = [];
  let by: LabelTable['by'] = 'recording';
  readCsv(text, source, (header) => {
    by = keyColumn(header);
    const nameOf = textColumn(header, by);
    const rangeOf = rangeReader(header, by);
    const targetsOf = targetReader(header, task);
    return (row) => {
      rows.push({ line: row.line, of: nameOf(row), ...rangeOf(row), targets: targetsOf(row) });
    };
  });
  refuse(source, [...withoutLabel(rows), ...overlaps(rows, by)]);
  return { source, by, rows };
}

/**
 * Passes when every row refers to an existing recording or person.
 *
 * @throws InvalidInput with the line of each row that does not.
 */
export function checkLabelRows({ source, by, rows }: LabelTable, names: ReadonlySet<string>): void {
  refuse(
    source,
    rows
      .filter(({ of }) => !names.has(of))
      .map(({ line, of }) => ({
        path: `line ${line}, column "${by}"`,
        message: `expected a ${by} of the data folder, found "${of}"${didYouMean(of, [...names])}`,
      })),
  );
}

function refuse(source: string, issues: readonly Issue[]): void {
  if (issues.length > 0) {
    throw new InvalidInput(source, issues);
  }
}

function keyColumn({ source, line, names }: CsvHeader): LabelTable['by'] {
  const [by, other] = (['recording', 'person'] as const).filter((name) => names.includes(name));
  if (by && !other) {
    return by;
  }
  const found = by ? 'both' : `the columns ${names.join(', ')}`;
  const message = `expected a column "recording" or a column "person", found ${found}`;
  throw new InvalidInput(source, [{ path: `line ${line}`, message }]);
}

/** Reads the time range of a row: the whole recording where the file has no times. */
function rangeReader(header: CsvHeader, by: LabelTable['by']): (row: CellRow) => Pick<LabelRow, 'start' | 'end'> {
  const { source, line, names } = header;
  if (!names.includes('start') && !names.includes('end')) {
    return () => ({ start: -Infinity, end: Infinity });
  }
  if (by === 'person') {
    const message = 'expected a column "recording" beside start and end, whose times are its own; found "person"';
    throw new InvalidInput(source, [{ path: `line ${line}`, message }]);
  }
  const startOf = numberColumn(header, 'start');
  const endOf = numberColumn(header, 'end');
  return (row) => {
    const [start, end] = [startOf(row), endOf(row)];
    if (end <= start) {
      const message = `expected a time after the start, ${start}, found ${end}`;
      throw new InvalidInput(source, [{ path: `line ${row.line}, column "end"`, message }]);
    }
    return { start, end };
  };
}

function withoutLabel(rows: readonly LabelRow[]): readonly Issue[] {
  const isKnown = rows.some(({ targets }) => targets.some((target) => !Number.isNaN(target)));
  return isKnown ? [] : [{ path: '', message: `expected a row with a label, found none among ${rows.length}` }];
}

/** Issues for rows that overlap in time. */
function overlaps(rows: readonly LabelRow[], by: string): readonly Issue[] {
  const sorted = [...rows].sort((a, b) => a.start - b.start || a.line - b.line);
  const latest = new Map<string, LabelRow>();
  return sorted.flatMap((row) => {
    const before = latest.get(row.of);
    if (!before || row.end > before.end) {
      latest.set(row.of, row);
    }
    const message = `expected one row for each moment of a ${by}, found ${row.of} also in line ${before?.line ?? 0}`;
    return before && before.end > row.start ? [{ path: `line ${row.line}`, message }] : [];
  });
}
