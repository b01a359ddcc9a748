/** Labels that a data set keeps in a file of their own: from which sample to which a recording shows an activity. */

import { InvalidInput } from '../../errors.js';
import { composedName } from '../../names.js';
import { cellError, type ColumnName, numberColumn, textColumn } from './csv-columns.js';
import { tableReader } from './csv-table.js';
import type { TableForm } from './table/table-start.js';

/** What a manifest says of the file of labels. */
export interface SegmentsForm extends TableForm {
  /** Path of the file, relative to the manifest; `**` and a `/` at its beginning stand for any folders. */
  readonly file: string;
  /** Column with what `{recording}` stands for in the paths of recordings. */
  readonly recording: ColumnName;
  /** Column with the person, where recordings of several people have the same name. */
  readonly person?: ColumnName;
  readonly activity: ColumnName;
  /** Columns with the numbers of the first and the last sample. */
  readonly from: ColumnName;
  readonly to: ColumnName;
  /** Number of the first sample of a recording; 1 by default. */
  readonly first?: 0 | 1;
  /** Whether the last sample belongs to the segment; by default it does. */
  readonly last?: 'included' | 'excluded';
}

interface Segment {
  readonly line: number;
  /** Samples from `start` to `end` - 1, counted from 0. */
  readonly start: number;
  readonly end: number;
  readonly activity: string;
}

/** The labels of one recording. */
export interface RecordingLabels {
  /** The activity of the next sample; undefined between segments. */
  next(): string | undefined;
  /** @throws InvalidInput for a segment that ends behind the last sample. */
  end(): void;
}

/** The labels of all recordings. */
export interface SegmentTable {
  /** The labels of a recording from its first sample on; undefined where the file has none of it. */
  of(recording: string, person: string): RecordingLabels | undefined;
}

/**
 * Reads a file of labels.
 *
 * @param source - The file, for messages.
 * @throws InvalidInput, with line and column, for what is no sample number, a segment that ends before it begins, and
 *   one that overlaps another of the same recording.
 */
export function parseSegments(text: string, source: string, form: SegmentsForm): SegmentTable {
  const { recording, person, activity, from, to, first = 1, last = 'included' } = form;
  const columns = [recording, person, activity, from, to].filter((column) => typeof column === 'string');
  const segments = new Map<string, Segment[]>();
  const table = tableReader({ source, form, columns }, (header) => {
    const nameOf = textColumn(header, recording);
    const personOf = person === undefined ? (): string => '' : textColumn(header, person);
    const activityOf = textColumn(header, activity);
    const [fromOf, toOf] = [numberColumn(header, from), numberColumn(header, to)];
    return (row) => {
      const start = fromOf(row) - first;
      const end = toOf(row) - first + (last === 'included' ? 1 : 0);
      if (!Number.isInteger(start) || !Number.isInteger(end) || start < 0 || end <= start) {
        const found = `${fromOf(row)} to ${toOf(row)}`;
        throw cellError(source, row.line, from, `expected numbers of samples from ${first} on, rising, found ${found}`);
      }
      const key = keyOf(nameOf(row), personOf(row));
      const own = segments.get(key) ?? [];
      segments.set(key, own);
      own.push({ line: row.line, start, end, activity: activityOf(row) });
    };
  });
  table.push(new TextEncoder().encode(text));
  table.end();
  for (const own of segments.values()) {
    own.sort((one, other) => one.start - other.start);
    refuseOverlap(own, source);
  }
  return {
    of: (name, who) => {
      const own = segments.get(keyOf(name, person === undefined ? '' : who));
      return own && labelsOf(own, source);
    },
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

function labelsOf(segments: readonly Segment[], source: string): RecordingLabels {
  let [sample, place] = [0, 0];
  return {
    next: () => {
      while (sample >= (segments[place]?.end ?? Infinity)) {
        place++;
      }
      const segment = segments[place];
      const activity = segment && sample >= segment.start ? segment.activity : undefined;
      sample++;
      return activity;
    },
    end: () => {
      const last = segments.at(-1);
      if (last && last.end > sample) {
        const message = `expected segments of at most ${sample} samples, as many as the recording has, found one of ${last.end}`;
        throw new InvalidInput(source, [{ path: `line ${last.line}`, message }]);
      }
    },
  };
}
