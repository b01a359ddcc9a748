/** A study from its file, YAML or JSON. */

import { parseStudy, type Study } from '@gaitway/core';
import { readYamlFile } from './read-yaml-file.js';

/**
 * Reads a study.
 *
 * @param seed - Takes the place of the file's.
 * @throws InvalidInput when there is no such file, it is no YAML (with line and column), or it is no valid study.
 */
export async function readStudyFile(path: string, seed?: number): Promise<Study> {
  const written = await readYamlFile(path, 'study file');
  const isObject = typeof written === 'object' && written !== null;
  return parseStudy(isObject && seed !== undefined ? { ...written, seed } : written, path);
}
