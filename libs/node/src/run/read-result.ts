/** Reads `result.json`. */

import { InvalidInput, parseInput, type Issue } from '@gaitway/core';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { parseJson } from '../files/json-lines.js';
import { resultSchema } from './result-schema.js';
import type { RunResult } from './run-result.js';
import { gaitwayVersion } from './version.js';

/** @throws InvalidInput with everything that does not fit, and the version that wrote the file if it is another. */
export async function readResult(path: string): Promise<RunResult> {
  const document = parseJson(await readFile(path, 'utf8'), path);
  try {
    return parseInput(resultSchema, document, path);
  } catch (error) {
    throw error instanceof InvalidInput ? new InvalidInput(path, [...otherVersion(document), ...error.issues]) : error;
  }
}

const versionSchema = z.object({ gaitway: z.string() });

function otherVersion(document: unknown): readonly Issue[] {
  const version = versionSchema.safeParse(document).data?.gaitway ?? gaitwayVersion;
  const message = `expected a file of version ${gaitwayVersion}, found one of ${version}`;
  return version === gaitwayVersion ? [] : [{ path: 'gaitway', message }];
}
