/** Append-only files with one JSON document per line: rounds and events. */

import { InvalidInput } from '@gaitway/core';
import { parseInput } from '@gaitway/core/internal';
import { open, readFile } from 'node:fs/promises';
import type { z } from 'zod';
import { writeFileAtomically } from './atomic-write.js';

/** The documents of a file, with warnings about what was left out. */
export interface JsonLines<T> {
  readonly documents: readonly T[];
  /** Messages for the reader of the run. */
  readonly warnings: readonly string[];
}

/** Appends documents to a file, which is created if necessary, and flushes it to the disk. */
export async function appendJsonLines(path: string, documents: readonly object[]): Promise<void> {
  const file = await open(path, 'a');
  try {
    await file.writeFile(jsonLines(documents));
    await file.sync();
  } finally {
    await file.close();
  }
}

/** The text of documents as JSON lines. */
export function jsonLines(documents: readonly object[]): string {
  return documents.map((document) => `${JSON.stringify(document)}\n`).join('');
}

/**
 * Truncates a file to its first lines; a last line that was cut short is removed in any case.
 *
 * @param count - By default all complete lines
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

/** Treats a missing file as one that contains `content`. */
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
 * warning; anything else that is invalid is an error.
 *
 * @throws InvalidInput naming the line.
 */
export async function readJsonLines<T>(path: string, schema: z.ZodType<T>): Promise<JsonLines<T>> {
  const lines = (await readFile(path, 'utf8')).split('\n');
  // A complete file ends with a line break, so the part after the last one is empty.
  const torn = lines.pop() !== '';
  const documents = lines.map((line, index) => {
    const source = `${path}, line ${index + 1}`;
    return parseInput(schema, parseJson(line, source), source);
  });
  const warnings = torn ? [`${path}, line ${lines.length + 1}: cut short while it was written; left out`] : [];
  return { documents, warnings };
}

/** @throws InvalidInput when the text is not JSON. */
export function parseJson(text: string, source: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new InvalidInput(source, [{ path: '', message: `expected JSON: ${reason}` }]);
  }
}
