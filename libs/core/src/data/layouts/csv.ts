/** CSV files described by a manifest. */

import { type RawRecording, gPerUnit } from '../recording.js';
import { MANIFEST_FILE, type CsvManifest, type TimeUnit, templateMatcher } from './csv-manifest.js';
import { cellError, numberColumn, readCsv, textColumn, type CsvHeader, type CsvRow } from './csv-table.js';
import type { Layout, PathFacts } from './layout.js';
import { assembleRecordings, type FileSample } from './recording-assembler.js';

const secondsPerUnit: Readonly<Record<TimeUnit, number>> = { s: 1, ms: 1e-3, us: 1e-6, ns: 1e-9 };

/** The layout of the files that a manifest describes. */
export function csvLayout(manifest: CsvManifest): Layout {
  const match = templateMatcher(manifest.path);
  const recognise = (path: string): PathFacts | undefined => {
    const found = match(path);
    if (!found) {
      return undefined;
    }
    const { person: subject, activity } = found;
    return { ...(subject !== undefined && { subject }), ...(activity !== undefined && { activity }) };
  };
  return {
    name: 'csv',
    files: `${manifest.path} (path in ${MANIFEST_FILE})`,
    recognise,
    parse: (text, path) => parse(text, { manifest, path, facts: recognise(path) ?? {} }),
  };
}

interface CsvFile {
  readonly manifest: CsvManifest;
  readonly path: string;
  readonly facts: PathFacts;
}

function parse(text: string, file: CsvFile): readonly RawRecording[] {
  const { rateHz, time, channels } = file.manifest;
  const clock = rateHz === undefined ? { column: time?.column ?? '' } : { rateHz };
  const assembler = assembleRecordings({ source: file.path, channels: Object.keys(channels), clock });
  readCsv(text, file.path, (header) => {
    const sampleOf = sampleReader(header, file);
    return (row) => {
      assembler.add(sampleOf(row));
    };
  });
  return assembler.finish();
}

function sampleReader(header: CsvHeader, { manifest, facts }: CsvFile): (row: CsvRow) => FileSample {
  const { person, activity, recording, time, unit, channels } = manifest;
  const subjectOf = person && subjectColumn(header, person.column);
  const activityOf = activity && textColumn(header, activity.column);
  const partOf = recording && textColumn(header, recording.column);
  const timeOf = time && numberColumn(header, time.column);
  const channelsOf = Object.values(channels).map((column) => numberColumn(header, column));
  const timeScale = time ? secondsPerUnit[time.unit] : 1;
  return (row) => ({
    line: row.line,
    subject: subjectOf?.(row) ?? facts.subject ?? '',
    part: partOf?.(row) ?? '',
    activity: activityOf ? activityOf(row) || undefined : facts.activity,
    seconds: timeOf && timeOf(row) * timeScale,
    values: channelsOf.map((valueOf) => valueOf(row) * gPerUnit[unit]),
  });
}

/** A sample without a person could belong to anybody: it must not slip from one side of a split to the other. */
function subjectColumn(header: CsvHeader, column: string): (row: CsvRow) => string {
  const textOf = textColumn(header, column);
  return (row) => {
    const subject = textOf(row);
    if (subject === '') {
      throw cellError(header.source, row.line, column, 'expected a person, found an empty cell');
    }
    return subject;
  };
}
