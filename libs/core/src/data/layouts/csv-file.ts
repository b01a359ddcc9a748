/** Reads a file that a manifest describes: its rows become samples, and what its owner should know is noted. */

import { InvalidInput } from '../../errors.js';
import { alternationWatch } from './alternation.js';
import { visitArrayRows } from './arrays/array-rows.js';
import type { NamedArray } from './arrays/named-array.js';
import { type ColumnName, textColumn } from './csv-columns.js';
import { columnsOf, MANIFEST_FILE, type CsvManifest } from './csv-manifest.js';
import { type CsvFile, sampleReader } from './csv-samples.js';
import { type CellRow, type CsvHeader, type RowVisitor, type TableOptions, tableReader } from './csv-table.js';
import { endNotes, type FileContent, type FileNote, type FileReader } from './layout.js';
import { assembleRecordings, type FileSample, type RecordingAssembler } from './recording-assembler.js';
import { jsonTable } from './table/json-table.js';

/** What is counted while a file is read. */
interface Counts {
  /** Lines of the rows that were set aside, and the error of the first of them. */
  readonly badLines: number[];
  firstError: InvalidInput | undefined;
  /** Number of rows with each word for a missing activity. */
  readonly missing: Map<string, number>;
  rows: number;
}

/** The parts of reading a file that do not depend on its format. */
interface FileReading {
  readonly options: TableOptions;
  readonly open: (header: CsvHeader) => RowVisitor;
  readonly finish: (isEnded: boolean) => FileContent;
}

function readingOf(file: CsvFile): FileReading {
  const { manifest, path } = file;
  const counts: Counts = { badLines: [], firstError: undefined, missing: new Map(), rows: 0 };
  const assembler = assemblerOf(file);
  const leaveOut = manifest.onBadRow === 'gap' ? rowsSetAside(counts, assembler) : rowsRefused(counts);
  const columns = columnsOf(manifest);
  let devices: ReturnType<typeof alternationWatch> | undefined;
  return {
    options: { source: path, form: manifest, columns: columns.filter(isName), onBadRow: leaveOut },
    open: (header) => {
      const sampleOf = sampleReader(header, file, counts.missing);
      const isWanted = rowFilter(header, manifest.where);
      const watch = alternationWatch(header, columns);
      devices = watch;
      return (row) => {
        const sample = isWanted(row) ? readable(sampleOf, row, leaveOut) : undefined;
        if (sample) {
          counts.rows++;
          watch.see(row, sample.values);
          assembler.add(sample);
        }
      };
    },
    finish: (isEnded) => {
      refuseUnread(counts, file);
      const notes = [
        ...countNotes(counts),
        ...(file.labels?.end() ?? unlabelledNotes(file)),
        ...endNotes(isEnded),
        ...(devices?.notes() ?? []),
      ];
      return { recordings: assembler.finish(), notes };
    },
  };
}

function isName(column: ColumnName): column is string {
  return typeof column === 'string';
}

/** Passes the rows that have these values; all, where none are asked for. */
function rowFilter(header: CsvHeader, where: CsvManifest['where'] = {}): (row: CellRow) => boolean {
  const wanted = Object.entries(where).map(([column, value]) => ({ textOf: textColumn(header, column), value }));
  return (row) => wanted.every(({ textOf, value }) => textOf(row) === value);
}

/** A reader of a file of text: a table, or JSON where its name says so. */
export function csvFileReader(file: CsvFile): FileReader {
  const { options, open, finish } = readingOf(file);
  const table = JSON_FILE.test(file.path) ? jsonTable(options, open) : tableReader(options, open);
  return {
    push: (bytes) => {
      table.push(bytes);
    },
    end: () => finish(table.end()),
  };
}

const JSON_FILE = /\.(json|jsonl|ndjson)(\.gz)?$/i;

/**
 * The content of a file of arrays.
 *
 * @throws InvalidInput naming the array, and the row counted from 1
 */
export function readArrays(file: CsvFile, arrays: readonly NamedArray[]): FileContent {
  const { open, finish } = readingOf(file);
  visitArrayRows({ source: file.path, arrays, columns: columnsOf(file.manifest) }, open);
  return finish(true);
}

function unlabelledNotes({ manifest }: CsvFile): readonly FileNote[] {
  const reason = `has no row in ${manifest.segments?.file ?? ''}, and is taken as unlabelled`;
  return manifest.segments ? [{ kind: 'missing-label', reason }] : [];
}

function assemblerOf({ manifest, path }: CsvFile): RecordingAssembler {
  const { rateHz, time, channels, interleaved = false } = manifest;
  const clock =
    rateHz === undefined
      ? { column: time?.column ?? '', duplicates: time?.duplicates ?? 'refuse', sort: time?.unordered === 'sort' }
      : { rateHz };
  return assembleRecordings({ source: path, channels: Object.keys(channels), clock, interleaved });
}

/** A file of which no row could be read is refused, whatever its manifest says of single rows. */
function refuseUnread({ rows, firstError }: Counts, { manifest, path }: CsvFile): void {
  if (rows === 0) {
    const wanted = Object.entries(manifest.where ?? {}).map(([column, value]) => `${column}: ${value}`);
    const which = wanted.length > 0 ? ` with ${wanted.join(', ')} (where in ${MANIFEST_FILE})` : '';
    const message = `expected rows${which}, found none`;
    throw firstError ?? new InvalidInput(path, [{ path: '', message }]);
  }
}

/** Counts a row that cannot be read, and leaves it out. */
function rowsSetAside(counts: Counts, assembler: RecordingAssembler): (error: InvalidInput, line: number) => void {
  return (error, line) => {
    counts.badLines.push(line);
    counts.firstError ??= error;
    assembler.skip();
  };
}

/** Refuses a row that cannot be read. Where others above it could, its file need not be lost for it. */
function rowsRefused(counts: Counts): (error: InvalidInput) => never {
  return (error) => {
    const advice = ` (to leave out such rows, write onBadRow: gap in ${MANIFEST_FILE})`;
    const isAdvised = counts.rows === 0 || error.issues.some(({ message }) => message.includes('('));
    throw isAdvised
      ? error
      : new InvalidInput(
          error.source,
          error.issues.map(({ path, message }) => ({ path, message: message + advice })),
        );
  };
}

function readable(
  sampleOf: (row: CellRow) => FileSample,
  row: CellRow,
  leaveOut: (error: InvalidInput, line: number) => void,
): FileSample | undefined {
  try {
    return sampleOf(row);
  } catch (error) {
    if (!(error instanceof InvalidInput)) {
      throw error;
    }
    leaveOut(error, row.line);
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
