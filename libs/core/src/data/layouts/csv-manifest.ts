/**
 * The manifest of a folder of CSV files: which files there are, by templates that extract facts from their paths, and
 * what their columns mean.
 */

import { z } from 'zod';
import { InvalidInput, type Issue } from '../../errors.js';
import { parseInput } from '../../parse-input.js';
import { accelerationUnits, type AccelerationUnit } from '../recording.js';
import type { ColumnName } from './csv-columns.js';
import type { SegmentsForm } from './label-segments.js';
import { type Duplicates, duplicateRules } from './evened-times.js';
import { templateIssue, templatePlaceholders } from './path-template.js';
import { type Encoding, encodings } from './table/decode.js';
import { separators, type TableForm } from './table/table-start.js';

/** File name of the manifest in the data folder. */
export const MANIFEST_FILE = 'gaitway.yaml';

const timeUnits = ['s', 'ms', 'us', 'ns', 'iso'] as const;

export type TimeUnit = (typeof timeUnits)[number];

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
  readonly unit: AccelerationUnit | { readonly countsPerG: number };
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
}

const name = z.string().min(1);
const columnName = z.union([name, z.int().positive()]);
const column = { column: columnName };
const constant = z.strictObject({ constant: z.union([name, z.int().min(0).transform(String)]) });

const tableForm = {
  separator: z.enum(separators).exactOptional(),
  decimal: z.enum([',', '.']).exactOptional(),
  comment: name.exactOptional(),
  rowEnd: z.string().length(1).exactOptional(),
  header: z.union([z.int().positive(), z.literal('none')]).exactOptional(),
  firstRow: z.int().positive().exactOptional(),
};

const names = z.record(name, z.union([name, z.null()]));

const manifestSchema: z.ZodType<CsvManifest> = z.strictObject({
  path: name,
  person: z.union([z.strictObject(column), constant]).exactOptional(),
  activity: z
    .union([z.strictObject({ ...column, names: names.exactOptional() }), z.strictObject({ names }), constant])
    .exactOptional(),
  recording: z.strictObject(column).exactOptional(),
  where: z.record(name, z.union([name, z.int().transform(String)])).exactOptional(),
  segments: z
    .strictObject({
      file: name,
      recording: columnName,
      person: columnName.exactOptional(),
      activity: columnName,
      from: columnName,
      to: columnName,
      first: z.union([z.literal(0), z.literal(1)]).exactOptional(),
      last: z.enum(['included', 'excluded']).exactOptional(),
      ...tableForm,
    })
    .exactOptional(),
  unit: z.union([z.enum(accelerationUnits), z.strictObject({ countsPerG: z.number().positive() })]),
  rateHz: z.number().positive().exactOptional(),
  time: z
    .strictObject({
      ...column,
      unit: z.enum(timeUnits),
      duplicates: z.enum(duplicateRules).exactOptional(),
      unordered: z.enum(['refuse', 'sort']).exactOptional(),
    })
    .exactOptional(),
  channels: z.record(name, z.union([columnName, z.array(columnName).min(1)])),
  ...tableForm,
  encoding: z.enum(encodings).exactOptional(),
  interleaved: z.boolean().exactOptional(),
  onBadRow: z.enum(['refuse', 'gap']).exactOptional(),
});

/**
 * Reads a manifest.
 *
 * @param data - The parsed content of the YAML file.
 * @param source - The file, for messages.
 * @throws InvalidInput with every issue and its path in the manifest.
 */
export function parseCsvManifest(data: unknown, source: string): CsvManifest {
  const manifest = parseInput(manifestSchema, data, source);
  const broken = brokenRules(manifest);
  if (broken.length > 0) {
    throw new InvalidInput(source, broken);
  }
  return manifest;
}

/** Whether a rule is broken, where, and the message. */
type Rule = readonly [boolean, keyof CsvManifest, string];

/** Issues between the keys of a manifest. */
function brokenRules(manifest: CsvManifest): readonly Issue[] {
  const { path, person, rateHz, time, channels, header, separator, decimal } = manifest;
  const wrongTemplate = templateIssue(path);
  if (wrongTemplate !== undefined) {
    return [{ path: 'path', message: wrongTemplate }];
  }
  const inPath = templatePlaceholders(path);
  const named = header === 'none' ? columnsOf(manifest).filter((column) => typeof column === 'string') : [];
  const rules: readonly Rule[] = [
    [
      !person && !inPath.includes('person'),
      'person',
      'expected {person} in the path, a column, or a constant such as person: { constant: ann }; found neither',
    ],
    [!!person && inPath.includes('person'), 'person', 'expected {person} in the path, or a column; found both'],
    ...activityRules(manifest, inPath),
    [rateHz === undefined && !time, 'rateHz', 'expected rateHz, or time; found neither'],
    [rateHz !== undefined && !!time, 'rateHz', 'expected rateHz, or time; found both'],
    [Object.keys(channels).length === 0, 'channels', 'expected at least one channel, found none'],
    [named.length > 0, 'header', `expected columns by number where there is no header, found ${named.join(', ')}`],
    [
      decimal === ',' && separator === ',',
      'separator',
      'expected another sign than that before decimals, found both ","',
    ],
  ];
  return rules.filter(([broken]) => broken).map(([, key, message]) => ({ path: key, message }));
}

function activityRules({ activity, segments }: CsvManifest, inPath: readonly string[]): readonly Rule[] {
  const isInPath = inPath.includes('activity') || segments !== undefined;
  const isInData = activity !== undefined && ('column' in activity || 'constant' in activity);
  const namesNothing = activity !== undefined && !isInData && !isInPath;
  return [
    [
      !!segments !== inPath.includes('recording'),
      'segments',
      'expected {recording} in the path and segments, found one of them',
    ],
    [!!segments && inPath.includes('activity'), 'segments', 'expected {activity} in the path, or segments; found both'],
    [isInData && isInPath, 'activity', 'expected {activity} in the path, or a column; found both'],
    [namesNothing, 'activity', 'expected {activity} in the path, or a column, whose values have names; found neither'],
  ];
}

/** All columns that a manifest needs. */
export function columnsOf({ person, activity, recording, time, channels, where }: CsvManifest): readonly ColumnName[] {
  const facts = [person, activity, recording, time].flatMap((fact) => (fact && 'column' in fact ? [fact.column] : []));
  return [...facts, ...Object.keys(where ?? {}), ...Object.values(channels).flat()];
}
