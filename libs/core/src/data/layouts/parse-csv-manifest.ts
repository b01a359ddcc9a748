/** Reads the manifest of a folder of CSV files, and checks its keys against each other. */

import { z } from 'zod';
import { InvalidInput, type Issue } from '../../errors.js';
import { parseInput } from '../../parse-input.js';
import { accelerationUnits } from '../recording.js';
import { columnsOf, type CsvManifest } from './csv-manifest.js';
import { duplicateRules } from './evened-times.js';
import { exceptedManifests } from './file-exceptions.js';
import { templateIssue, templatePlaceholders } from './path-template.js';
import { encodings } from './table/decode.js';
import { separators } from './table/table-start.js';
import { timeUnits } from './time-column.js';

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

const fileUnit = z.union([z.enum(accelerationUnits), z.strictObject({ countsPerG: z.number().positive() })]);

/** Keys that an exception may have too. */
const fileKeys = {
  units: z.record(name, fileUnit).exactOptional(),
  rateHz: z.number().positive().exactOptional(),
  time: z
    .strictObject({
      ...column,
      unit: z.enum(timeUnits),
      duplicates: z.enum(duplicateRules).exactOptional(),
      unordered: z.enum(['refuse', 'sort']).exactOptional(),
    })
    .exactOptional(),
  ...tableForm,
  encoding: z.enum(encodings).exactOptional(),
};

const channels = z.record(name, z.union([columnName, z.array(columnName).min(1)]));

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
      unit: z.enum(timeUnits).exactOptional(),
      first: z.union([z.literal(0), z.literal(1)]).exactOptional(),
      last: z.enum(['included', 'excluded']).exactOptional(),
      ...tableForm,
    })
    .exactOptional(),
  unit: fileUnit,
  channels,
  ...fileKeys,
  interleaved: z.boolean().exactOptional(),
  onBadRow: z.enum(['refuse', 'gap']).exactOptional(),
  exceptions: z
    .array(
      z.strictObject({ path: name, unit: fileUnit.exactOptional(), channels: channels.exactOptional(), ...fileKeys }),
    )
    .exactOptional(),
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
  const inExceptions = broken.length > 0 ? [] : exceptionIssues(manifest);
  if (broken.length + inExceptions.length > 0) {
    throw new InvalidInput(source, [...broken, ...inExceptions]);
  }
  return manifest;
}

/** What is wrong in exceptions: each must leave a manifest that is right. */
function exceptionIssues(manifest: CsvManifest): readonly Issue[] {
  const templates = (manifest.exceptions ?? []).map(({ path }) => templateIssue(path));
  return exceptedManifests(manifest).flatMap((excepted, index) => {
    const template = templates[index];
    const issues = template === undefined ? brokenRules(excepted) : [{ path: 'path', message: template }];
    return issues.map(({ path, message }) => ({ path: `exceptions[${index}].${path}`, message }));
  });
}

/** Whether a rule is broken, where, and the message. */
type Rule = readonly [boolean, keyof CsvManifest, string];

/** Issues between the keys of a manifest. */
function brokenRules(manifest: CsvManifest): readonly Issue[] {
  const { path, person, rateHz, time } = manifest;
  const wrongTemplate = templateIssue(path);
  if (wrongTemplate !== undefined) {
    return [{ path: 'path', message: wrongTemplate }];
  }
  const inPath = templatePlaceholders(path);
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
    ...columnRules(manifest),
  ];
  return rules.filter(([broken]) => broken).map(([, key, message]) => ({ path: key, message }));
}

function columnRules(manifest: CsvManifest): readonly Rule[] {
  const { channels, units = {}, header, separator, decimal } = manifest;
  const named = header === 'none' ? columnsOf(manifest).filter((column) => typeof column === 'string') : [];
  const unknown = Object.keys(units).filter((channel) => !Object.hasOwn(channels, channel));
  const bothCommas = 'expected another sign than that before decimals, found both ","';
  return [
    [unknown.length > 0, 'units', `expected names of channels, found ${unknown.join(', ')}`],
    [Object.keys(channels).length === 0, 'channels', 'expected at least one channel, found none'],
    [named.length > 0, 'header', `expected columns by number where there is no header, found ${named.join(', ')}`],
    [decimal === ',' && separator === ',', 'separator', bothCommas],
  ];
}

function activityRules({ activity, segments }: CsvManifest, inPath: readonly string[]): readonly Rule[] {
  const isInPath = inPath.includes('activity') || segments !== undefined;
  const isInData = activity !== undefined && ('column' in activity || 'constant' in activity);
  const namesNothing = activity !== undefined && !isInData && !isInPath;
  const isCountedAndTimed = segments?.unit !== undefined && segments.first !== undefined;
  return [
    [isCountedAndTimed, 'segments', 'expected first, which counts samples, or unit, which is one of times; found both'],
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
