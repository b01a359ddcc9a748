/** CSV files described by a manifest. */

import { InvalidInput } from '../../errors.js';
import { composedName } from '../../names.js';
import { gPerUnit } from '../recording.js';
import { alternationWatch } from './alternation.js';
import { type ActivityNames, columnsOf, MANIFEST_FILE, type CsvManifest, type TimeUnit } from './csv-manifest.js';
import {
  cellError,
  type ColumnName,
  type CsvHeader,
  type CellRow,
  numberColumn,
  tableReader,
  textColumn,
} from './csv-table.js';
import { endNotes, type FileNote, type FileReader, type Layout, type PathFacts } from './layout.js';
import { isMissing } from './missing-words.js';
import { templateMatcher } from './path-template.js';
import { assembleRecordings, type FileSample, type RecordingAssembler } from './recording-assembler.js';
import { isoSeconds } from './table/iso-time.js';

const secondsPerUnit: Readonly<Record<Exclude<TimeUnit, 'iso'>, number>> = { s: 1, ms: 1e-3, us: 1e-6, ns: 1e-9 };

/** The layout of the files that a manifest describes. */
export function csvLayout(manifest: CsvManifest): Layout {
  const match = templateMatcher(manifest.path);
  const recognise = (path: string): PathFacts | undefined => {
    const found = path === MANIFEST_FILE ? undefined : match(path);
    return found && factsOf(found, manifest);
  };
  return {
    name: 'csv',
    files: `${manifest.path} (path in ${MANIFEST_FILE})`,
    recognise,
    open: (path) => openFile({ manifest, path, facts: recognise(path) ?? {} }),
  };
}

function factsOf(
  { person, activity }: { readonly person?: string; readonly activity?: string },
  manifest: CsvManifest,
): PathFacts {
  const subject = person ?? constantOf(manifest.person);
  const label = activity === undefined ? constantOf(manifest.activity) : namedActivity(activity, manifest.activity);
  const isLabelled = label !== undefined && !isMissing(label);
  return { ...(subject !== undefined && { subject }), ...(isLabelled && { activity: label }) };
}

/** The study's name of an activity in a path. */
function namedActivity(written: string, activity: CsvManifest['activity']): string | undefined {
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

function constantOf(fact: object | undefined): string | undefined {
  return fact && 'constant' in fact ? composedName(String(fact.constant)) : undefined;
}

interface CsvFile {
  readonly manifest: CsvManifest;
  readonly path: string;
  readonly facts: PathFacts;
}

/** What is counted while a file is read. */
interface Counts {
  /** Lines of the rows that were set aside, and the error of the first of them. */
  readonly badLines: number[];
  firstError: InvalidInput | undefined;
  /** Number of rows with each word for a missing activity. */
  readonly missing: Map<string, number>;
  rows: number;
}

function openFile(file: CsvFile): FileReader {
  const { manifest, path } = file;
  const counts: Counts = { badLines: [], firstError: undefined, missing: new Map(), rows: 0 };
  const assembler = assemblerOf(file);
  const setAside = (error: InvalidInput, line: number): void => {
    counts.badLines.push(line);
    counts.firstError ??= error;
    assembler.skip();
  };
  const isForgiving = manifest.onBadRow === 'gap';
  let devices: ReturnType<typeof alternationWatch> | undefined;
  const options = {
    source: path,
    form: manifest,
    columns: columnsOf(manifest).filter((column) => typeof column === 'string'),
    ...(isForgiving && { onBadRow: setAside }),
  };
  const table = tableReader(options, (header) => {
    const sampleOf = sampleReader(header, file, counts.missing);
    const watch = alternationWatch(header, columnsOf(manifest));
    devices = watch;
    return (row) => {
      const sample = isForgiving ? readable(() => sampleOf(row), row.line, setAside) : sampleOf(row);
      if (sample) {
        counts.rows++;
        watch.see(row, sample.values);
        assembler.add(sample);
      }
    };
  });
  return {
    push: (bytes) => {
      table.push(bytes);
    },
    end: () => {
      const isEnded = table.end();
      if (counts.rows === 0 && counts.firstError) {
        throw counts.firstError;
      }
      const notes = [...countNotes(counts), ...endNotes(isEnded), ...(devices?.notes() ?? [])];
      return { recordings: assembler.finish(), notes };
    },
  };
}

function assemblerOf({ manifest, path }: CsvFile): RecordingAssembler {
  const { rateHz, time, channels, interleaved = false } = manifest;
  const clock =
    rateHz === undefined
      ? { column: time?.column ?? '', duplicates: time?.duplicates ?? 'refuse', sort: time?.unordered === 'sort' }
      : { rateHz };
  return assembleRecordings({ source: path, channels: Object.keys(channels), clock, interleaved });
}

function readable(
  read: () => FileSample,
  line: number,
  setAside: (error: InvalidInput, line: number) => void,
): FileSample | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof InvalidInput)) {
      throw error;
    }
    setAside(error, line);
    return undefined;
  }
}

/** As many lines are named in a note. */
const LISTED = 5;

function countNotes({ badLines, firstError, missing }: Counts): readonly FileNote[] {
  const notes = [...missing].map(([word, rows]): FileNote => ({
    kind: 'missing-label',
    reason: `has ${rows} rows with the activity "${word}", which are taken as unlabelled`,
  }));
  if (badLines.length === 0) {
    return notes;
  }
  const lines = `${badLines.slice(0, LISTED).join(', ')}${badLines.length > LISTED ? ', …' : ''}`;
  const [issue] = firstError?.issues ?? [];
  const first = issue ? `${issue.path}: ${issue.message}` : '';
  const reason = `was read without ${badLines.length} of its rows, in line ${lines}; the first: ${first}`;
  return [...notes, { kind: 'set-aside', reason }];
}

function sampleReader(
  header: CsvHeader,
  { manifest, facts }: CsvFile,
  missing: Map<string, number>,
): (row: CellRow) => FileSample {
  const { person, activity, recording, time, unit, channels } = manifest;
  const subjectOf = person && 'column' in person ? subjectColumn(header, person.column) : undefined;
  const activityOf = activity && 'column' in activity ? activityColumn(header, activity, missing) : undefined;
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
      activity: activityOf ? activityOf(row) : facts.activity,
      seconds: timeOf?.(row),
      values,
    };
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
  let isFirst = true;
  return (row) => {
    if (isFirst && isoSeconds(textOf(row)) !== undefined) {
      throw cellError(header.source, row.line, column, `expected a number in ${unit}, found a date (write unit: iso)`);
    }
    isFirst = false;
    return numberOf(row) * scale;
  };
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
