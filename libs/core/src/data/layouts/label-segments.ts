/** Labels that a data set keeps in a file of their own: from where to where a recording shows an activity. */

import { InvalidInput } from '../../errors.js';
import { composedName } from '../../names.js';
import { cellError, type ColumnName, numberColumn, textColumn } from './csv-columns.js';
import { type CellRow, type CsvHeader, tableReader } from './csv-table.js';
import type { FileNote } from './layout.js';
import type { TableForm } from './table/table-start.js';
import { timeColumn, type TimeUnit } from './time-column.js';

/** What a manifest says of the file of labels. */
export interface SegmentsForm extends TableForm {
  /** Path of the file, relative to the manifest; `**` and a `/` at its beginning stand for any folders. */
  readonly file: string;
  /** Column with what `{recording}` stands for in the paths of recordings. */
  readonly recording: ColumnName;
  /** Column with the person, where recordings of several people have the same name. */
  readonly person?: ColumnName;
  readonly activity: ColumnName;
  /** Columns with the numbers of the first and the last sample, or with times. */
  readonly from: ColumnName;
  readonly to: ColumnName;
  /** Unit of times in `from` and `to`, which count as those of the samples do; without it, samples are numbered. */
  readonly unit?: TimeUnit;
  /** Number of the first sample of a recording; 1 by default. */
  readonly first?: 0 | 1;
  /** Whether the last sample, or time, belongs to the segment; by default a sample does, and a time does not. */
  readonly last?: 'included' | 'excluded';
}

interface Segment {
  readonly line: number;
  /** Its samples, counted from 0, or its times in seconds are from `start` on and below `end`. */
  readonly start: number;
  readonly end: number;
  readonly activity: string;
}

/** The labels of one recording. */
export interface RecordingLabels {
  /** The activity of the next sample, whose time is given where it has one; undefined between segments. */
  next(seconds: number | undefined): string | undefined;
  /**
   * What was not used of them.
   *
   * @throws InvalidInput for a segment that ends behind the last sample, and for times that no sample has.
   */
  end(): readonly FileNote[];
}

/** The labels of all recordings. */
export interface SegmentTable {
  /**
   * The labels of a recording from its first sample on; undefined where the file has none of it.
   *
   * @param rateHz - Of a recording whose samples have no times.
   */
  of(recording: string, person: string, rateHz: number | undefined): RecordingLabels | undefined;
  /** The first line of each recording that is not among those of these names and people. */
  absent(there: readonly { readonly recording: string; readonly person: string }[]): readonly number[];
}

/**
 * Reads a file of labels.
 *
 * @param source - The file, for messages.
 * @throws InvalidInput, with line and column, for what is no sample number or time, a segment that ends before it
 *   begins, and one that overlaps another of the same recording.
 */
export function parseSegments(text: string, source: string, form: SegmentsForm): SegmentTable {
  const { recording, person, activity, from, to, unit } = form;
  const columns = [recording, person, activity, from, to].filter((column) => typeof column === 'string');
  const segments = new Map<string, Segment[]>();
  const table = tableReader({ source, form, columns }, (header) => {
    const nameOf = textColumn(header, recording);
    const personOf = person === undefined ? (): string => '' : textColumn(header, person);
    const activityOf = textColumn(header, activity);
    const boundsOf = unit === undefined ? sampleBounds(header, form) : timeBounds(header, form, unit);
    return (row) => {
      const key = keyOf(nameOf(row), personOf(row));
      const own = segments.get(key) ?? [];
      segments.set(key, own);
      own.push({ line: row.line, ...boundsOf(row), activity: activityOf(row) });
    };
  });
  table.push(new TextEncoder().encode(text));
  table.end();
  for (const own of segments.values()) {
    own.sort((one, other) => one.start - other.start);
    refuseOverlap(own, source);
  }
  const keyFor = (name: string, who: string): string => keyOf(name, person === undefined ? '' : who);
  return {
    of: (name, who, rateHz) => {
      const own = segments.get(keyFor(name, who));
      return own && labelsOf(own, { source, isTimed: unit !== undefined, rateHz });
    },
    absent: (there) => {
      const known = new Set(there.map(({ recording: name, person: who }) => keyFor(name, who)));
      return [...segments].flatMap(([key, own]) => (known.has(key) ? [] : [Math.min(...own.map(({ line }) => line))]));
    },
  };
}

type Bounds = Pick<Segment, 'start' | 'end'>;

function sampleBounds(
  header: CsvHeader,
  { from, to, first = 1, last = 'included' }: SegmentsForm,
): (row: CellRow) => Bounds {
  const [fromOf, toOf] = [numberColumn(header, from), numberColumn(header, to)];
  return (row) => {
    const start = fromOf(row) - first;
    const end = toOf(row) - first + (last === 'included' ? 1 : 0);
    if (!Number.isInteger(start) || !Number.isInteger(end) || start < 0 || end <= start) {
      const expected = `expected numbers of samples from ${first} on, rising`;
      throw cellError(header.source, row.line, from, `${expected}, found ${fromOf(row)} to ${toOf(row)}`);
    }
    return { start, end };
  };
}

/** Shorter than any interval of a sensor. */
const INSTANT_SECONDS = 1e-6;

function timeBounds(header: CsvHeader, { from, to, last }: SegmentsForm, unit: TimeUnit): (row: CellRow) => Bounds {
  const [fromOf, toOf] = [from, to].map((column) => timeColumn(header, { column, unit }));
  return (row) => {
    const [start, until] = [fromOf?.(row) ?? 0, toOf?.(row) ?? 0];
    if (until <= start) {
      const message = `expected times that rise, found ${start} s to ${until} s`;
      throw cellError(header.source, row.line, from, message);
    }
    return { start, end: until + (last === 'included' ? INSTANT_SECONDS : 0) };
  };
}

/** Names of files have zeros before their numbers, tables have none. */
function keyOf(...names: readonly string[]): string {
  return JSON.stringify(names.map((name) => (/^\d+$/.test(name) ? String(Number(name)) : composedName(name))));
}

function refuseOverlap(segments: readonly Segment[], source: string): void {
  segments.slice(1).forEach(({ line, start }, index) => {
    const before = segments[index];
    if (before && start < before.end) {
      const message = `expected a segment that begins behind that of line ${before.line}, found one that overlaps it`;
      throw new InvalidInput(source, [{ path: `line ${line}`, message }]);
    }
  });
}

function labelsOf(
  segments: readonly Segment[],
  {
    source,
    isTimed,
    rateHz,
  }: { readonly source: string; readonly isTimed: boolean; readonly rateHz: number | undefined },
): RecordingLabels {
  let [sample, place] = [0, 0];
  const used = new Set<Segment>();
  const segmentAt = (at: number): Segment | undefined => {
    while (place > 0 && at < (segments[place - 1]?.end ?? 0)) {
      place--; // rows may be out of order
    }
    while (at >= (segments[place]?.end ?? Infinity)) {
      place++;
    }
    const segment = segments[place];
    return segment && at >= segment.start ? segment : undefined;
  };
  return {
    next: (seconds) => {
      const segment = segmentAt(isTimed ? (seconds ?? sample / (rateHz ?? 1)) : sample);
      sample++;
      if (segment) {
        used.add(segment);
      }
      return segment?.activity;
    },
    end: () => {
      if (!isTimed) {
        refuseBeyond(segments, sample, source);
      }
      const unused = segments.filter((segment) => !used.has(segment));
      if (unused.length === segments.length) {
        const message =
          'expected segments at the times of the recording, found none: are unit and origin of both the same?';
        throw new InvalidInput(source, [{ path: `line ${unused[0]?.line ?? 1}`, message }]);
      }
      const lines = unused.map(({ line }) => line).join(', ');
      const reason = `has no row at the times of ${unused.length} of its segments, in line ${lines} of ${source}`;
      return unused.length > 0 ? [{ kind: 'missing-label', reason }] : [];
    },
  };
}

function refuseBeyond(segments: readonly Segment[], samples: number, source: string): void {
  const last = segments.at(-1);
  if (last && last.end > samples) {
    const message = `expected segments of at most ${samples} samples, as many as the recording has, found one of ${last.end}`;
    throw new InvalidInput(source, [{ path: `line ${last.line}`, message }]);
  }
}
