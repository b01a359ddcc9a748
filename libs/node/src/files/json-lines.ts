/** Files of one JSON document a line that only grow: rounds and events. */

import { InvalidInput, parseInput } from '@gaitway/core';
import { open, readFile } from 'node:fs/promises';
import type { z } from 'zod';
import { writeFileAtomically } from './atomic-write.js';

/** The documents of a file, and what had to be left out of it. */
export interface JsonLines<T> {
  readonly documents: readonly T[];
  /** For the reader of the run, in words. */
  readonly warnings: readonly string[];
}

/** Adds documents to the end of a file, which begins to exist, and puts them onto the disk. */
export async function appendJsonLines(path: string, documents: readonly object[]): Promise<void> {
  const file = await open(path, 'a');
  try {
    await file.writeFile(jsonLines(documents));
    await file.sync();
  } finally {
    await file.close();
  }
}

/** The text of documents. */
export function jsonLines(documents: readonly object[]): string {
  return documents.map((document) => `${JSON.stringify(document)}\n`).join('');
}

/**
 * Cuts a file back to its first lines; a last line that was cut short goes in any case.
 *
 * @param count - All whole lines where it is left out
 * @throws InvalidInput when it has fewer.
 */
export async function cutLines(path: string, count?: number): Promise<void> {
  const text = await readFile(path, 'utf8').catch(ifAbsent(''));
  const whole = text.split('\n').slice(0, -1);
  if (whole.length < (count ?? 0)) {
    const message = `expected at least ${count ?? 0} lines, found ${whole.length}: it was changed`;
    throw new InvalidInput(path, [{ path: '', message }]);
  }
  const kept = whole
    .slice(0, count)
    .map((line) => `${line}\n`)
    .join('');
  if (kept !== text) {
    await writeFileAtomically(path, kept);
  }
}

/** Takes a file that is not there for one that holds `content`. */
function ifAbsent(content: string): (error: unknown) => string {
  return (error) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return content;
    }
    throw error;
  };
}

/**
 * Reads a file of JSON lines. A last line that was cut short, as by a crash while it was written, is dropped with a
 * warning; anything else that does not fit is an error.
 *
 * @throws InvalidInput naming the line.
 */
export async function readJsonLines<T>(path: string, schema: z.ZodType<T>): Promise<JsonLines<T>> {
  const lines = (await readFile(path, 'utf8')).split('\n');
  // A whole file ends with a line break, so the part behind the last one is empty.
  const torn = lines.pop() !== '';
  const documents = lines.map((line, index) => {
    const source = `${path}, line ${index + 1}`;
    return parseInput(schema, parseJson(line, source), source);
  });
  const warnings = torn ? [`${path}, line ${lines.length + 1}: cut short while it was written; left out`] : [];
  return { documents, warnings };
}

/** @throws InvalidInput when the text is no JSON. */
export function parseJson(text: string, source: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new InvalidInput(source, [{ path: '', message: `expected JSON: ${reason}` }]);
  }
}
