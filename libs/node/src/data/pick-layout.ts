/** Determines the layout of a data folder. */

import { InvalidInput } from '@gaitway/core';
import {
  csvLayout,
  type CsvManifest,
  type Layout,
  MANIFEST_FILE,
  motionSenseLayout,
  parseCsvManifest,
  parseSegments,
  parseWindowsManifest,
  type PublishedAs,
  publishedManifests,
  type SegmentTable,
  templateMatcher,
  type WindowsLayout,
  windowsLayout,
  type WindowsManifest,
  wisdmLayout,
} from '@gaitway/core/data';
import { didYouMean } from '@gaitway/core/internal';
import { join } from 'node:path';
import { parseDocument, YAMLParseError } from 'yaml';
import { refuseLostDigits } from '../files/yaml-numbers.js';
import { type FolderFiles, textIn } from './folder-files.js';

/** A layout, whose files are read each by itself or together. */
export type DataLayout = Layout | WindowsLayout;

/** Known by their names, and found out from the files. */
const publicLayouts: readonly DataLayout[] = [
  motionSenseLayout,
  wisdmLayout,
  ...publishedManifests.map((published) => layoutOf(published.manifest, undefined, published)),
];

/** What describes the files of a folder. */
export type AnyManifest = CsvManifest | WindowsManifest;

/** The name of the public layout that fits these files; undefined where none or several do. */
export function knownLayout(paths: readonly string[]): string | undefined {
  const [fitting, ...others] = fittingLayouts(paths);
  return others.length === 0 ? fitting?.name : undefined;
}

function fittingLayouts(paths: readonly string[]): readonly DataLayout[] {
  return publicLayouts.filter((layout) => paths.some((path) => layout.recognise(path)));
}

/** The possible values of `--layout`. */
export const layoutNames: readonly string[] = [...publicLayouts.map(({ name }) => name), 'csv'];

/** The layout of the files that a manifest describes. */
export function layoutOf(manifest: AnyManifest, segments?: SegmentTable, published?: PublishedAs): DataLayout {
  return 'windows' in manifest ? windowsLayout(manifest, published) : csvLayout(manifest, segments, published);
}

/** The files that were found in a data folder. */
interface FoundFiles {
  readonly folder: string;
  readonly files: FolderFiles;
}

/**
 * The layout of that name or, without a name, the layout of the files: that of the manifest if there is one, else that of
 * the public data set whose files are found.
 *
 * @throws InvalidInput when the name is unknown, the manifest is invalid or missing, or no layout or several fit; names
 *   those that were tried.
 */
export async function pickLayout(found: FoundFiles, name: string | undefined): Promise<DataLayout> {
  if (name !== undefined && !layoutNames.includes(name)) {
    const message = `expected one of ${layoutNames.join(', ')}; found "${name}"${didYouMean(name, layoutNames)}`;
    throw new InvalidInput('layout', [{ path: '', message }]);
  }
  const hasManifest = found.files.paths.includes(MANIFEST_FILE);
  if (name === 'csv' && !hasManifest) {
    throw new InvalidInput(found.folder, [{ path: '', message: `expected a file ${MANIFEST_FILE}, found none` }]);
  }
  if (name === 'csv' || (name === undefined && hasManifest)) {
    const manifest = await readManifest(found);
    return layoutOf(manifest, await readSegments(found, manifest));
  }
  const layout = publicLayouts.find((known) => known.name === name) ?? fittingLayout(found);
  const published = publishedManifests.find((known) => known.name === layout.name);
  return published ? layoutOf(published.manifest, await readSegments(found, published.manifest), published) : layout;
}

function fittingLayout({ folder, files: { paths } }: FoundFiles): DataLayout {
  const [fitting, ...others] = fittingLayouts(paths);
  if (fitting && others.length === 0) {
    return fitting;
  }
  const tried = [
    ...publicLayouts.map(({ name, files: own }) => `${name}: ${own}`),
    `csv: a file ${MANIFEST_FILE}, which gaitway init --data writes`,
  ];
  const message = fitting
    ? `expected files of one layout, found those of ${[fitting, ...others].map(({ name }) => name).join(' and ')}; name one`
    : `expected files of a known layout (${tried.join('; ')}), found ${filesText(paths)}`;
  throw new InvalidInput(folder, [{ path: '', message }]);
}

/** Text such as `3 files such as notes.txt`. */
export function filesText(paths: readonly string[]): string {
  const [first] = paths;
  return first === undefined ? 'an empty folder' : `${paths.length} files such as ${first}`;
}

/**
 * Reads the manifest of a folder.
 *
 * @throws InvalidInput when it is not YAML, or not a valid manifest.
 */
async function readManifest({ folder, files }: FoundFiles): Promise<AnyManifest> {
  const file = join(folder, MANIFEST_FILE);
  const written = parseYaml(await textIn(files, MANIFEST_FILE), file);
  const isOfWindows = typeof written === 'object' && written !== null && 'windows' in written;
  return isOfWindows ? parseWindowsManifest(written, file) : parseCsvManifest(written, file);
}

/** The labels of a manifest that has them in a file of their own. */
async function readSegments({ folder, files }: FoundFiles, manifest: AnyManifest): Promise<SegmentTable | undefined> {
  if ('windows' in manifest || !manifest.segments) {
    return undefined;
  }
  const { file } = manifest.segments;
  const [path, other] = files.paths.filter((found) => templateMatcher(file)(found));
  if (path === undefined || other !== undefined) {
    const found = path === undefined ? 'none' : `${path} and ${other ?? ''}`;
    throw new InvalidInput(folder, [{ path: 'segments', message: `expected one file ${file}, found ${found}` }]);
  }
  return parseSegments(await textIn(files, path), path, manifest.segments);
}

function parseYaml(text: string, source: string): unknown {
  try {
    const document = parseDocument(text);
    const [error] = document.errors;
    if (error) {
      throw error;
    }
    refuseLostDigits(document, text, source);
    return document.toJS() as unknown;
  } catch (error) {
    if (!(error instanceof YAMLParseError)) {
      throw error;
    }
    const [place] = error.linePos ?? [];
    const path = place ? `line ${place.line}, column ${place.col}` : '';
    throw new InvalidInput(source, [{ path, message: `expected YAML, found: ${error.code}` }]);
  }
}
