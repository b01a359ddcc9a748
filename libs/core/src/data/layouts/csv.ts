/** CSV files described by a manifest. */

import { InvalidInput } from '../../errors.js';
import { composedName } from '../../names.js';
import { alternationWatch } from './alternation.js';
import { columnsOf, MANIFEST_FILE, type CsvManifest } from './csv-manifest.js';
import { type CsvFile, namedActivity, sampleReader } from './csv-samples.js';
import { type CellRow, tableReader } from './csv-table.js';
import type { SegmentTable } from './label-segments.js';
import { endNotes, type FileNote, type FileReader, type Layout, type PathFacts } from './layout.js';
import { isMissing } from './missing-words.js';
import { type TemplateMatch, templateMatcher } from './path-template.js';
import { assembleRecordings, type FileSample, type RecordingAssembler } from './recording-assembler.js';

/**
 * The layout of the files that a manifest describes.
 *
 * @param segments - The content of the file that `segments` of the manifest names.
 */
export function csvLayout(manifest: CsvManifest, segments?: SegmentTable): Layout {
  const match = templateMatcher(manifest.path);
  const ownFiles = [MANIFEST_FILE, manifest.segments?.file];
  const matchData = (path: string): TemplateMatch | undefined => (ownFiles.includes(path) ? undefined : match(path));
  const recognise = (path: string): PathFacts | undefined => {
    const found = matchData(path);
    return found && factsOf(found, manifest);
  };
  return {
    name: 'csv',
    files: `${manifest.path} (path in ${MANIFEST_FILE})`,
    recognise,
    ...(manifest.segments && { others: [manifest.segments.file] }),
    open: (path) => {
      const facts = recognise(path) ?? {};
      const labels = segments?.of(matchData(path)?.recording ?? '', facts.subject ?? '');
      return openFile({ manifest, path, facts, labels });
    },
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

function constantOf(fact: object | undefined): string | undefined {
  return fact && 'constant' in fact ? composedName(String(fact.constant)) : undefined;
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
  const leaveOut = manifest.onBadRow === 'gap' ? rowsSetAside(counts, assembler) : rowsRefused(counts);
  let devices: ReturnType<typeof alternationWatch> | undefined;
  const options = {
    source: path,
    form: manifest,
    columns: columnsOf(manifest).filter((column) => typeof column === 'string'),
    onBadRow: leaveOut,
  };
  const table = tableReader(options, (header) => {
    const sampleOf = sampleReader(header, file, counts.missing);
    const watch = alternationWatch(header, columnsOf(manifest));
    devices = watch;
    return (row) => {
      const sample = readable(sampleOf, row, leaveOut);
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
      refuseUnread(counts);
      file.labels?.end();
      const notes = [
        ...countNotes(counts),
        ...unlabelledNotes(file),
        ...endNotes(isEnded),
        ...(devices?.notes() ?? []),
      ];
      return { recordings: assembler.finish(), notes };
    },
  };
}

function unlabelledNotes({ manifest, labels }: CsvFile): readonly FileNote[] {
  const reason = `has no row in ${manifest.segments?.file ?? ''}, and is taken as unlabelled`;
  return manifest.segments && !labels ? [{ kind: 'missing-label', reason }] : [];
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
function refuseUnread({ rows, firstError }: Counts): void {
  if (rows === 0 && firstError) {
    throw firstError;
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
