/** Reads YAML files, such as that of a study. */

import { InvalidInput, parseStudy, type Study } from '@gaitway/core';
import { type Document, parseDocument } from 'yaml';
import { readText } from '../files/read-file.js';
import { refuseLostDigits } from '../files/yaml-numbers.js';

/**
 * Reads YAML as version 1.2, of which JSON is a part.
 *
 * @param kind - What it should be, for messages: `study file`
 * @throws InvalidInput when there is no such file, it is no text in UTF-8, or it is no YAML (with line and column).
 */
export async function readYamlFile(path: string, kind: string): Promise<unknown> {
  const text = await readText(path, path, `a ${kind}`);
  const document = parseDocument(text);
  if (document.errors.length > 0) {
    const issues = document.errors.map(({ message }) => ({ path: '', message: withoutExcerpt(message) }));
    throw new InvalidInput(path, issues);
  }
  refuseLostDigits(document, text, path);
  return valueOf(document, path);
}

/** An alias (`*name`) of nothing is no error before it is followed. */
function valueOf(document: Document, path: string): unknown {
  try {
    return document.toJS() as unknown;
  } catch (error) {
    throw new InvalidInput(path, [{ path: '', message: (error as Error).message }]);
  }
}

/** The reader's messages end with a colon and the lines around the error. */
function withoutExcerpt(message: string): string {
  const [firstLine = ''] = message.split('\n');
  return firstLine.replace(/:$/, '');
}

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
