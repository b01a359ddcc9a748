/**
 * Append-only files with one JSON document per line: rounds and events. They are read line by line, because those of a
 * long run are longer than a text can be.
 */

import { InvalidInput } from '@gaitway/core';
import { parseInput } from '@gaitway/core/internal';
import { createReadStream } from 'node:fs';
import { open, truncate } from 'node:fs/promises';
import type { z } from 'zod';
import { decodedText, refuseOtherThanFile } from './read-file.js';

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

export interface Line {
  readonly text: string;
  /** Offset of the first byte after it. */
  readonly end: number;
  /** False for a last line without a line break, as a crash leaves it. */
  readonly isWhole: boolean;
}

const LINE_BREAK = 0x0a;

/**
 * The lines of a file; none where there is no such file.
 *
 * @throws InvalidInput when there is something else than a file in its place, or a whole line is no text in UTF-8
 */
export async function* linesOf(path: string): AsyncGenerator<Line> {
  let begun: Buffer[] = []; // of a line that goes on in the next chunk
  let end = 0;
  const lineWith = (rest: Buffer, isWhole: boolean): Line => {
    const bytes = Buffer.concat([...begun, rest]);
    begun = [];
    end += bytes.length + (isWhole ? 1 : 0);
    // A last line that was cut short may end in the middle of a character.
    return { text: isWhole ? decodedText(bytes, path) : bytes.toString('utf8'), end, isWhole };
  };
  for await (const chunk of chunksOf(path)) {
    let start = 0;
    for (let next = chunk.indexOf(LINE_BREAK); next >= 0; next = chunk.indexOf(LINE_BREAK, start)) {
      yield lineWith(chunk.subarray(start, next), true);
      start = next + 1;
    }
    begun.push(chunk.subarray(start));
  }
  const last = lineWith(Buffer.alloc(0), false);
  if (last.text !== '') {
    yield last;
  }
}

async function* chunksOf(path: string): AsyncGenerator<Buffer> {
  await refuseOtherThanFile(path, 'a file of lines');
  try {
    yield* createReadStream(path) as AsyncIterable<Buffer>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
      throw error;
    }
  }
}

/**
 * Truncates a file to its first lines; a last line that was cut short is removed in any case.
 *
 * @param count - By default all complete lines
 * @throws InvalidInput when it has fewer.
 */
export async function cutLines(path: string, count?: number): Promise<void> {
  let lines = 0;
  let keptBytes = 0;
  let isLonger = false;
  for await (const { end, isWhole } of linesOf(path)) {
    isLonger = !isWhole || lines === count;
    if (isLonger) {
      break;
    }
    lines++;
    keptBytes = end;
  }
  if (lines < (count ?? 0)) {
    const message = `expected at least ${count ?? 0} lines, found ${lines}: it was changed`;
    throw new InvalidInput(path, [{ path: '', message }]);
  }
  if (isLonger) {
    await truncate(path, keptBytes);
  }
}

/**
 * Reads a file of JSON lines. A last line that was cut short, as by a crash while it was written, is dropped with a
 * warning; anything else that is invalid is an error.
 *
 * @throws InvalidInput naming the line.
 */
export async function readJsonLines<T>(path: string, schema: z.ZodType<T>): Promise<JsonLines<T>> {
  const documents: T[] = [];
  const warnings: string[] = [];
  for await (const { text, isWhole } of linesOf(path)) {
    const source = `${path}, line ${documents.length + 1}`;
    if (isWhole) {
      documents.push(parseInput(schema, parseJson(text, source), source));
    } else {
      warnings.push(`${source}: cut short while it was written; left out`);
    }
  }
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
