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
  type SegmentTable,
  wisdmLayout,
} from '@gaitway/core/data';
import { didYouMean } from '@gaitway/core/internal';
import { join } from 'node:path';
import { parseDocument, YAMLParseError } from 'yaml';
import { refuseLostDigits } from '../files/yaml-numbers.js';
import { type FolderFiles, textIn } from './folder-files.js';

const publicLayouts: readonly Layout[] = [motionSenseLayout, wisdmLayout];

/** The possible values of `--layout`. */
export const layoutNames: readonly string[] = [...publicLayouts.map(({ name }) => name), 'csv'];

/** The files that were found in a data folder. */
interface FoundFiles {
  readonly folder: string;
  readonly files: FolderFiles;
}

/**
 * The layout of that name or, without a name, the layout of the files: CSV if there is a manifest, else that of the
 * public data set whose files are found.
 *
 * @throws InvalidInput when the name is unknown, the manifest is invalid or missing, or no layout or several fit; names
 *   those that were tried.
 */
export async function pickLayout(found: FoundFiles, name: string | undefined): Promise<Layout> {
  if (name !== undefined && !layoutNames.includes(name)) {
    const message = `expected one of ${layoutNames.join(', ')}; found "${name}"${didYouMean(name, layoutNames)}`;
    throw new InvalidInput('layout', [{ path: '', message }]);
  }
  const hasManifest = found.files.paths.includes(MANIFEST_FILE);
  if (name === 'csv' && !hasManifest) {
    throw new InvalidInput(found.folder, [{ path: '', message: `expected a file ${MANIFEST_FILE}, found none` }]);
  }
  if (name === 'csv' || (name === undefined && hasManifest)) {
    const manifest = await readCsvManifest(found);
    return csvLayout(manifest, await readSegments(found.files, manifest));
  }
  return publicLayouts.find((layout) => layout.name === name) ?? fittingLayout(found);
}

function fittingLayout({ folder, files: { paths } }: FoundFiles): Layout {
  const [fitting, ...others] = publicLayouts.filter((layout) => paths.some((path) => layout.recognise(path)));
  if (fitting && others.length === 0) {
    return fitting;
  }
  const tried = [...publicLayouts.map(({ name, files }) => `${name}: ${files}`), `csv: a file ${MANIFEST_FILE}`];
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
async function readCsvManifest({ folder, files }: FoundFiles): Promise<CsvManifest> {
  const file = join(folder, MANIFEST_FILE);
  return parseCsvManifest(parseYaml(await textIn(files, MANIFEST_FILE), file), file);
}

async function readSegments(files: FolderFiles, { segments }: CsvManifest): Promise<SegmentTable | undefined> {
  return segments && parseSegments(await textIn(files, segments.file), segments.file, segments);
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
