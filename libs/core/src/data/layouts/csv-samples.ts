/** Reads the columns that a manifest names. */

import { InvalidInput } from '../../errors.js';
import { gPerUnit } from '../recording.js';
import { type ActivityNames, MANIFEST_FILE, type CsvManifest, type FileUnit } from './csv-manifest.js';
import { cellError, type ColumnName, numberColumn, textColumn } from './csv-columns.js';
import { type CellRow, type CsvHeader } from './csv-table.js';
import type { RecordingLabels } from './label-segments.js';
import type { PathFacts } from './layout.js';
import { isMissing } from './missing-words.js';
import type { FileSample } from './recording-assembler.js';
import { timeColumn } from './time-column.js';

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
  const { person, activity, recording, time, unit, units = {}, channels } = manifest;
  const subjectOf = person && 'column' in person ? subjectColumn(header, person.column) : undefined;
  const activityOf = activity && 'column' in activity ? activityColumn(header, activity, missing) : undefined;
  const segmentOf = labels && segmentActivity(labels, manifest.activity);
  const partOf = recording && textColumn(header, recording.column);
  const timeOf = time && timeColumn(header, time);
  const channelsOf = Object.entries(channels).map(([name, columns]) => ({
    valueOf: sumColumn(header, [columns].flat()),
    factor: factorOf(units[name] ?? unit),
  }));
  const values = new Float64Array(channelsOf.length);
  return (row) => {
    channelsOf.forEach(({ valueOf, factor }, channel) => {
      values[channel] = valueOf(row) * factor;
    });
    const seconds = timeOf?.(row);
    return {
      line: row.line,
      subject: subjectOf?.(row) ?? facts.subject ?? '',
      part: partOf?.(row) ?? '',
      activity: activityOf ? activityOf(row) : (segmentOf?.(seconds) ?? facts.activity),
      seconds,
      values,
    };
  };
}

/** Factor that converts a unit to g. */
function factorOf(unit: FileUnit): number {
  return typeof unit === 'string' ? gPerUnit[unit] : 1 / unit.countsPerG;
}

function segmentActivity(
  labels: RecordingLabels,
  activity: CsvManifest['activity'],
): (seconds: number | undefined) => string | undefined {
  return (seconds) => {
    const written = labels.next(seconds);
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
