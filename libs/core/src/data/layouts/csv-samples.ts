/** Reads the columns that a manifest names. */

import { InvalidInput } from '../../errors.js';
import { gPerUnit } from '../recording.js';
import { type ActivityNames, MANIFEST_FILE, type CsvManifest, type TimeUnit } from './csv-manifest.js';
import { cellError, type ColumnName, numberColumn, textColumn } from './csv-columns.js';
import { type CellRow, type CsvHeader } from './csv-table.js';
import type { RecordingLabels } from './label-segments.js';
import type { PathFacts } from './layout.js';
import { isMissing } from './missing-words.js';
import type { FileSample } from './recording-assembler.js';
import { isoSeconds } from './table/iso-time.js';

const secondsPerUnit: Readonly<Record<Exclude<TimeUnit, 'iso'>, number>> = { s: 1, ms: 1e-3, us: 1e-6, ns: 1e-9 };

/** A file that a manifest describes. */
export interface CsvFile {
  readonly manifest: CsvManifest;
  readonly path: string;
  readonly facts: PathFacts;
  /** Of a manifest with segments. */
  readonly labels: RecordingLabels | undefined;
}

/**
 * Reads the samples of a file from its rows.
 *
 * @param missing - Counts the rows with each word for a missing activity.
 * @returns A function whose result is valid until it is called again; it throws InvalidInput, with line and column, for
 *   cells that cannot be read.
 * @throws InvalidInput when the header lacks a column.
 */
export function sampleReader(
  header: CsvHeader,
  { manifest, facts, labels }: CsvFile,
  missing: Map<string, number>,
): (row: CellRow) => FileSample {
  const { person, activity, recording, time, unit, channels } = manifest;
  const subjectOf = person && 'column' in person ? subjectColumn(header, person.column) : undefined;
  const activityOf = activity && 'column' in activity ? activityColumn(header, activity, missing) : undefined;
  const segmentOf = labels && segmentActivity(labels, manifest.activity);
  const partOf = recording && textColumn(header, recording.column);
  const timeOf = time && timeColumn(header, time);
  const channelsOf = Object.values(channels).map((columns) => sumColumn(header, [columns].flat()));
  const factor = typeof unit === 'string' ? gPerUnit[unit] : 1 / unit.countsPerG;
  const values = new Float64Array(channelsOf.length);
  return (row) => {
    channelsOf.forEach((valueOf, channel) => {
      values[channel] = valueOf(row) * factor;
    });
    return {
      line: row.line,
      subject: subjectOf?.(row) ?? facts.subject ?? '',
      part: partOf?.(row) ?? '',
      activity: activityOf ? activityOf(row) : (segmentOf?.() ?? facts.activity),
      seconds: timeOf?.(row),
      values,
    };
  };
}

function segmentActivity(labels: RecordingLabels, activity: CsvManifest['activity']): () => string | undefined {
  return () => {
    const written = labels.next();
    return written === undefined ? undefined : namedActivity(written, activity);
  };
}

function sumColumn(header: CsvHeader, columns: readonly ColumnName[]): (row: CellRow) => number {
  const [first, ...others] = columns.map((column) => numberColumn(header, column));
  if (first && others.length === 0) {
    return first;
  }
  return (row) => others.reduce((sum, valueOf) => sum + valueOf(row), first?.(row) ?? 0);
}

function timeColumn(header: CsvHeader, { column, unit }: NonNullable<CsvManifest['time']>): (row: CellRow) => number {
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

/** A sample without a person could belong to anybody: it must not slip from one side of a split to the other. */
function subjectColumn(header: CsvHeader, column: ColumnName): (row: CellRow) => string {
  const textOf = textColumn(header, column);
  return (row) => {
    const subject = textOf(row);
    if (isMissing(subject)) {
      const found = subject === '' ? 'an empty cell' : `"${subject}", which stands for none`;
      throw cellError(header.source, row.line, column, `expected a person, found ${found}`);
    }
    return subject;
  };
}

function activityColumn(
  header: CsvHeader,
  { column, names }: { readonly column: ColumnName; readonly names?: ActivityNames },
  missing: Map<string, number>,
): (row: CellRow) => string | undefined {
  const textOf = textColumn(header, column);
  const nameOf = names && new Map(Object.entries(names));
  return (row) => {
    const text = textOf(row);
    const known = nameOf?.get(text);
    if (known !== undefined) {
      return known ?? undefined;
    }
    if (isMissing(text)) {
      if (text !== '') {
        missing.set(text, (missing.get(text) ?? 0) + 1);
      }
      return undefined;
    }
    if (nameOf) {
      const expected = `expected one of ${[...nameOf.keys()].join(', ')} (activity.names)`;
      throw cellError(header.source, row.line, column, `${expected}, found "${text}"`);
    }
    return text;
  };
}

/** The study's name of an activity as a path or a file of labels has it. */
export function namedActivity(written: string, activity: CsvManifest['activity']): string | undefined {
  const names = activity && 'names' in activity ? activity.names : undefined;
  if (!names || isMissing(written)) {
    return written;
  }
  return nameFor(written, names) ?? undefined;
}

/**
 * The study's name of a value; null for what is no activity.
 *
 * @throws InvalidInput for a value that has no name.
 */
function nameFor(written: string, names: ActivityNames): string | null {
  const known = Object.hasOwn(names, written) ? names[written] : undefined;
  if (known === undefined) {
    const message = `expected one of ${Object.keys(names).join(', ')}, found "${written}"`;
    throw new InvalidInput(MANIFEST_FILE, [{ path: 'activity.names', message }]);
  }
  return known;
}
