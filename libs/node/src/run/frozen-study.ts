/** The study of a run, stored when the run began: `study.json`. */

import { digestJson, InvalidInput, parseInput, parseStudy, type Digest, type Study } from '@gaitway/core';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { parseJson } from '../files/json-lines.js';
import { exists, type RunFolder } from './run-folder.js';

export interface FrozenStudy {
  readonly study: Study;
  readonly digest: Digest;
}

const schema = z.strictObject({ study: z.unknown(), digest: z.string() });

/** @throws InvalidInput when the folder holds no run, or its study is no longer the one that the run began with. */
export async function readFrozenStudy(folder: RunFolder): Promise<FrozenStudy> {
  if (!(await exists(folder.study))) {
    throw new InvalidInput(folder.path, [{ path: '', message: "expected a run's folder, found no study.json in it" }]);
  }
  const document = parseJson(await readFile(folder.study, 'utf8'), folder.study);
  const { study, digest } = parseInput(schema, document, folder.study);
  const actual = await digestJson(study);
  if (actual !== digest) {
    const message = `expected ${actual}, the digest of the study beside it, found ${digest}: the study was changed`;
    throw new InvalidInput(folder.study, [{ path: 'digest', message }]);
  }
  return { study: parseStudy(study, folder.study), digest };
}
