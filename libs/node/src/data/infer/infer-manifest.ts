/** Writes a first manifest for a folder of files, from what these look like. */

import { InvalidInput } from '@gaitway/core';
import { type CsvManifest, MANIFEST_FILE, parseCsvManifest } from '@gaitway/core/data';
import type { FolderFiles } from '../folder-files.js';
import { type Inferred, inferColumns, type InferredColumns, inferUnit } from './infer-columns.js';
import { inferPath } from './infer-path.js';
import { answer, type Ask, unitQuestion } from './questions.js';
import { sampleTable, type TableSample } from './table-sample.js';

/** A manifest that was inferred. */
export interface InferredManifest<Manifest> {
  readonly manifest: Manifest;
  /** What was inferred and from what, a line each. */
  readonly reasons: readonly string[];
}

const DATA = /\.(csv|tsv|txt|dat|json|jsonl|ndjson|npy|npz|mat|parquet)(\.gz)?$/i;

/**
 * Looks at the files of a folder: at the paths of those with the most frequent ending, and into the first of them.
 *
 * @throws InvalidInput when there is no data file, its columns cannot be told, or a question has no answer.
 */
export async function inferManifest(
  folder: string,
  files: FolderFiles,
  ask: Ask,
): Promise<InferredManifest<CsvManifest>> {
  const paths = similarFiles(files.paths);
  const [first] = paths;
  if (first === undefined) {
    throw new InvalidInput(folder, [{ path: '', message: 'expected files of data, found none' }]);
  }
  const sample = await sampleTable(files, first);
  const columns = inferColumns(sample);
  const channels = columns.channels?.value ?? (await channelsFrom(ask, sample.columns));
  const unit = inferUnit(sample, channels);
  const path = pathOf(paths, columns);
  const written = {
    path: path.template,
    ...(await personOf(columns, path.hasPerson, ask)),
    ...(isInterleaved(sample, columns) && { interleaved: true }),
    ...(columns.activity && { activity: { column: columns.activity.value } }),
    ...(await clockOf(columns, ask)),
    unit: unit?.value ?? (await answer(ask, unitQuestion)),
    channels,
    ...sample.form,
  };
  const reasons = [`path: ${path.from}`, ...reasonsOf({ ...columns, ...(unit && { unit }) })];
  return { manifest: parseCsvManifest(written, MANIFEST_FILE), reasons };
}

function pathOf(
  paths: readonly string[],
  { person, activity }: InferredColumns,
): { readonly template: string; readonly hasPerson: boolean; readonly from: string } {
  const known = { isPersonKnown: person !== undefined, isActivityKnown: activity !== undefined };
  const inferred = inferPath(paths, known);
  if (inferred) {
    return { ...inferred, from: `what differs in the paths of ${paths.length} files` };
  }
  const [ending = ''] = DATA.exec(paths[0] ?? '') ?? [];
  return {
    template: `**${ending}`,
    hasPerson: false,
    from: 'all files of that ending, since they are not named alike',
  };
}

/** Share of the rows at which the person changes, where rows of several alternate. */
const ALTERNATING = 0.3;

function isInterleaved({ columns, rows }: TableSample, { person }: InferredColumns): boolean {
  const place = person ? columns.indexOf(person.value) : -1;
  const changes = rows.filter((row, index) => index > 0 && row[place] !== rows[index - 1]?.[place]).length;
  return place !== -1 && changes > ALTERNATING * rows.length;
}

/** The files with the ending that most have, in the order of their names. */
function similarFiles(paths: readonly string[]): readonly string[] {
  const byEnding = new Map<string, string[]>();
  for (const path of paths.filter((name) => DATA.test(name) && !/readme|licen[cs]e/i.test(name))) {
    const [ending = ''] = DATA.exec(path) ?? [];
    byEnding.set(ending, [...(byEnding.get(ending) ?? []), path]);
  }
  const [most = []] = [...byEnding.values()].toSorted((one, other) => other.length - one.length);
  return most;
}

function reasonsOf(inferred: Readonly<Record<string, Inferred<unknown>>>): readonly string[] {
  return Object.entries(inferred).map(([key, { from }]) => `${key}: ${from}`);
}

async function personOf(
  { person }: InferredColumns,
  isInPath: boolean,
  ask: Ask,
): Promise<{ readonly person?: CsvManifest['person'] }> {
  if (person) {
    return { person: { column: person.value } };
  }
  const question = {
    key: 'person',
    text: 'No column and no path names a person. Whose recordings are these?',
  } as const;
  return isInPath ? {} : { person: { constant: await answer(ask, question) } };
}

async function clockOf({ time }: InferredColumns, ask: Ask): Promise<Pick<CsvManifest, 'time' | 'rateHz'>> {
  const question = { key: 'rateHz', text: 'No column holds times. How many samples a second are there?' } as const;
  return time ? { time: time.value } : { rateHz: Number(await answer(ask, question)) };
}

async function channelsFrom(ask: Ask, columns: readonly (string | number)[]): Promise<CsvManifest['channels']> {
  const text = `Which columns are the axes x, y and z of the acceleration, with commas between them (of ${columns.join(', ')})?`;
  const given = (await answer(ask, { key: 'channels', text })).split(',').map((name) => name.trim());
  const known = given.map((name) => columns.find((column) => String(column) === name) ?? name);
  const [x = '', y = '', z = ''] = known;
  return { x, y, z };
}
