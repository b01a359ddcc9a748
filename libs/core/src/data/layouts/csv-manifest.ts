/**
 * The manifest of a folder of CSV files: which files there are, by templates that extract facts from their paths, and
 * what their columns mean.
 */

import { z } from 'zod';
import { InvalidInput, type Issue } from '../../errors.js';
import { didYouMean } from '../../input-text.js';
import { parseInput } from '../../parse-input.js';
import { accelerationUnits, type AccelerationUnit } from '../recording.js';

/** File name of the manifest in the data folder. */
export const MANIFEST_FILE = 'gaitway.yaml';

const timeUnits = ['s', 'ms', 'us', 'ns'] as const;

export type TimeUnit = (typeof timeUnits)[number];

interface ColumnOf {
  /** Name of the column in the header line of the files. */
  readonly column: string;
}

/**
 * Describes CSV files with a header line each. Delimiters may be commas, semicolons, tabs or bars. The rows of one
 * person in one file are one recording, which is split later where the clock pauses.
 *
 * @example
 * ```yaml
 * path: '{person}/{activity}-*.csv' # which files, and what their paths say; * is any text within a name
 * unit: m/s^2 #                       of all channels: g or m/s^2
 * rateHz: 50 #                        an even clock ...
 * channels: { x: acc_x, y: acc_y, z: acc_z } # the study's name: the file's column
 * ```
 * @example
 * ```yaml
 * path: '*.csv'
 * person: { column: who } #           several people in a file
 * activity: { column: label } #       may change within a recording; an empty cell is unlabelled
 * recording: { column: device } #     a new recording begins where this changes
 * time: { column: t, unit: ms } #     ... or time stamps: s, ms, us or ns
 * unit: g
 * channels: { x: x, y: y, z: z }
 * ```
 */
export interface CsvManifest {
  /**
   * Pattern of the files' paths, relative to the manifest. `{person}` and `{activity}` stand for a part of a name (as
   * short as possible), `*` for any text within a name.
   */
  readonly path: string;
  /** Required where the path has no `{person}`. */
  readonly person?: ColumnOf;
  /** Files without an activity in the path or in this column are unlabelled. */
  readonly activity?: ColumnOf;
  /** A new recording begins where the value in this column changes. */
  readonly recording?: ColumnOf;
  /** Unit of the samples. */
  readonly unit: AccelerationUnit;
  /** Samples per second; exactly one of this and `time` is present. */
  readonly rateHz?: number;
  /** Time stamps, which ascend within a recording and may start anywhere. */
  readonly time?: ColumnOf & { readonly unit: TimeUnit };
  /** Column of each channel, keyed by the channel's name; recordings have the channels in this order. */
  readonly channels: Readonly<Record<string, string>>;
}

const name = z.string().min(1);
const columnSchema = z.strictObject({ column: name });

const manifestSchema: z.ZodType<CsvManifest> = z.strictObject({
  path: name,
  person: columnSchema.exactOptional(),
  activity: columnSchema.exactOptional(),
  recording: columnSchema.exactOptional(),
  unit: z.enum(accelerationUnits),
  rateHz: z.number().positive().exactOptional(),
  time: z.strictObject({ column: name, unit: z.enum(timeUnits) }).exactOptional(),
  channels: z.record(name, name),
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

/** Issues between the keys of a manifest. */
function brokenRules(manifest: CsvManifest): readonly Issue[] {
  const { path, person, activity, rateHz, time, channels } = manifest;
  const wrongTemplate = templateIssue(path);
  if (wrongTemplate !== undefined) {
    return [{ path: 'path', message: wrongTemplate }];
  }
  const inPath = templatePlaceholders(path);
  const rules: readonly (readonly [boolean, keyof CsvManifest, string])[] = [
    [!person && !inPath.includes('person'), 'person', 'expected {person} in the path, or a column; found neither'],
    [!!person && inPath.includes('person'), 'person', 'expected {person} in the path, or a column; found both'],
    [!!activity && inPath.includes('activity'), 'activity', 'expected {activity} in the path, or a column; found both'],
    [rateHz === undefined && !time, 'rateHz', 'expected rateHz, or time; found neither'],
    [rateHz !== undefined && !!time, 'rateHz', 'expected rateHz, or time; found both'],
    [Object.keys(channels).length === 0, 'channels', 'expected at least one channel, found none'],
  ];
  return rules.filter(([broken]) => broken).map(([, key, message]) => ({ path: key, message }));
}

const placeholders = ['person', 'activity'] as const;

export type Placeholder = (typeof placeholders)[number];

/** Values of the placeholders in one path. */
export type TemplateMatch = Readonly<Partial<Record<Placeholder, string>>>;

const PLACEHOLDER = /\{([^{}]*)\}/g;

/** The placeholders of a template such as `{person}/{activity}-*.csv`, in order. */
function templatePlaceholders(template: string): readonly string[] {
  return [...template.matchAll(PLACEHOLDER)].map(([, name]) => name ?? '');
}

/** What is wrong with a template; undefined if nothing is. */
function templateIssue(template: string): string | undefined {
  const names = templatePlaceholders(template);
  const unknown = names.find((name) => !placeholders.some((known) => known === name));
  if (unknown !== undefined) {
    return `expected {person} or {activity}, found {${unknown}}${didYouMean(unknown, placeholders)}`;
  }
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  return twice === undefined ? undefined : `expected {${twice}} once, found it twice`;
}

/**
 * Matches paths (parts separated by `/`) against a template without issues. A placeholder stands for one or more
 * characters, as few as fit; `*` for any number; neither matches a `/`.
 */
export function templateMatcher(template: string): (path: string) => TemplateMatch | undefined {
  const pattern = template
    .replace(/[.+?^$()[\]\\|]/g, String.raw`\$&`)
    .replace(/\*/g, '[^/]*')
    .replace(PLACEHOLDER, (_, name: string) => `(?<${name}>[^/]+?)`);
  const expression = new RegExp(`^${pattern}$`);
  return (path) => {
    const match = expression.exec(path);
    return match ? { ...match.groups } : undefined;
  };
}
