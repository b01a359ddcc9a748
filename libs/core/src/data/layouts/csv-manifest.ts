/**
 * The manifest of a folder of CSV files: which files there are, by templates that extract facts from their paths, and
 * what their columns mean.
 */

import type { AccelerationUnit } from '../recording.js';
import type { ColumnName } from './csv-columns.js';
import type { SegmentsForm } from './label-segments.js';
import type { Duplicates } from './evened-times.js';
import type { TimeUnit } from './time-column.js';
import type { Encoding } from './table/decode.js';
import type { TableForm } from './table/table-start.js';

/** File name of the manifest in the data folder. */
export const MANIFEST_FILE = 'gaitway.yaml';

/** A unit of a file, or so many counts to 1 g. */
export type FileUnit = AccelerationUnit | { readonly countsPerG: number };

/** Files that differ from the others in some keys. */
export interface FileException
  extends TableForm, Partial<Pick<CsvManifest, 'unit' | 'units' | 'rateHz' | 'time' | 'channels' | 'encoding'>> {
  /** Pattern of their paths; the path of the manifest must match them too. */
  readonly path: string;
}

interface ColumnOf {
  /** Name of the column in the header line of the files, or its number from 1 on. */
  readonly column: ColumnName;
}

/** The study's name of each value, or null for what is no activity. */
export type ActivityNames = Readonly<Record<string, string | null>>;

interface Constant {
  /** The same in all files. */
  readonly constant: string;
}

/**
 * Describes CSV files. The rows of one person in one file are one recording, which is split later where the clock
 * pauses.
 *
 * @example
 * ```yaml
 * path: '{person}/{activity}-*.csv' # which files, and what their paths say; * is any text within a name
 * unit: m/s^2 #                       of all channels: g, m/s^2 or mg
 * rateHz: 50 #                        an even clock ...
 * channels: { x: acc_x, y: acc_y, z: acc_z } # the study's name: the file's column
 * ```
 * @example
 * ```yaml
 * path: '*.csv'
 * person: { column: who } #           several people in a file
 * activity: { column: label } #       may change within a recording; an empty cell is unlabelled
 * recording: { column: device } #     a new recording begins where this changes
 * time: { column: t, unit: ms } #     ... or time stamps: s, ms, us, ns or iso
 * unit: g
 * channels: { x: x, y: y, z: z }
 * ```
 */
export interface CsvManifest extends TableForm {
  /**
   * Pattern of the files' paths, relative to the manifest. `{person}` and `{activity}` stand for a part of a name,
   * `{person:number}` for digits, `{person:word}` for letters and digits that stand together, `*` for any text within a
   * name, `**` for any text within any number of folders.
   */
  readonly path: string;
  /** Required where the path has no `{person}`. */
  readonly person?: ColumnOf | Constant;
  /**
   * Files without an activity in the path or here are unlabelled. `names` gives the study's name of each value in the
   * column or the path.
   */
  readonly activity?: (ColumnOf & { readonly names?: ActivityNames }) | { readonly names: ActivityNames } | Constant;
  /** A new recording begins where the value in this column changes. */
  readonly recording?: ColumnOf;
  /** Rows with other values in these columns are passed over: a file may hold several sensors. */
  readonly where?: Readonly<Record<string, string>>;
  /** A file with the activities of all recordings, which `{recording}` in their paths names. */
  readonly segments?: SegmentsForm;
  /** Unit of all channels; counts are so many to 1 g. */
  readonly unit: FileUnit;
  /** Unit of single channels that have another one. */
  readonly units?: Readonly<Record<string, FileUnit>>;
  /** Sampling rate of files without time stamps. Either this or `time`. */
  readonly rateHz?: number;
  /**
   * Time stamps, ascending within a recording, from any origin: numbers in a unit, or dates with a time of day as in
   * ISO 8601. Rows with the same time, and rows out of order, are refused unless this says how to read them.
   */
  readonly time?: ColumnOf & {
    readonly unit: TimeUnit;
    readonly duplicates?: Duplicates;
    readonly unordered?: 'refuse' | 'sort';
  };
  /**
   * Name of each channel in the study, and the column of the file, or several columns whose sum it is. Recordings have
   * the channels in this order.
   */
  readonly channels: Readonly<Record<string, ColumnName | readonly ColumnName[]>>;
  /** Encoding of files without a byte order mark; UTF-8 by default. */
  readonly encoding?: Encoding;
  /** Whether the rows of several people, or of several values of `recording`, alternate. */
  readonly interleaved?: boolean;
  /** What to do with a row that cannot be read: refuse the file, which is the default, or leave a gap. */
  readonly onBadRow?: 'refuse' | 'gap';
  /** Keys that are others for some files; of several that match a file, later ones count. */
  readonly exceptions?: readonly FileException[];
}

/** All columns that a manifest needs. */
export function columnsOf({ person, activity, recording, time, channels, where }: CsvManifest): readonly ColumnName[] {
  const facts = [person, activity, recording, time].flatMap((fact) => (fact && 'column' in fact ? [fact.column] : []));
  return [...facts, ...Object.keys(where ?? {}), ...Object.values(channels).flat()];
}
