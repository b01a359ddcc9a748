/** Reads the manifest of a folder of CSV files. */

import { join } from 'node:path';
import { type CsvManifest, InvalidInput, MANIFEST_FILE, parseCsvManifest } from '@gaitway/core';
import { parse, YAMLParseError } from 'yaml';
import { readText } from './read-text.js';

/**
 * Reads the manifest of a folder.
 *
 * @throws InvalidInput when it is not YAML, or not a valid manifest.
 */
export async function readCsvManifest(folder: string): Promise<CsvManifest> {
  const file = join(folder, MANIFEST_FILE);
  return parseCsvManifest(parseYaml(await readText(file, file), file), file);
}

function parseYaml(text: string, source: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof YAMLParseError)) {
      throw error;
    }
    const [place] = error.linePos ?? [];
    const path = place ? `line ${place.line}, column ${place.col}` : '';
    throw new InvalidInput(source, [{ path, message: `expected YAML, found: ${error.code}` }]);
  }
}
