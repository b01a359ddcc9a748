/**
 * What the folder of a run holds: its kind, determined by a file that exists in it from the beginning, and who works on
 * it.
 */

import { InvalidInput } from '@gaitway/core';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type FoundClaim, isOver, readClaims } from '../files/claim.js';

/** The first file of each kind of run. An experiment's results look like a run's, so it comes first. */
const firstFiles = {
  experiment: 'experiment.json',
  study: 'study.json',
  pipeline: 'pipeline.json',
  tasks: 'tasks.json',
} as const;

export type RunKind = keyof typeof firstFiles;

const kinds = Object.keys(firstFiles) as readonly RunKind[];

/** The first file of a run of that kind. */
export function firstFile(folder: string, kind: RunKind): string {
  return join(folder, firstFiles[kind]);
}

/**
 * The kind of run in a folder.
 *
 * @param wanted - The kinds that are accepted; by default all
 * @throws InvalidInput when it is not a folder, or holds no such run.
 */
export async function runKind(folder: string, wanted: readonly RunKind[] = kinds): Promise<RunKind> {
  const files = await readdir(folder).catch((error: unknown) => {
    const { code, message } = error as NodeJS.ErrnoException;
    const found = code === 'ENOENT' ? 'nothing' : code === 'ENOTDIR' ? 'a file' : message;
    throw notFound(folder, wanted, found);
  });
  const kind = kinds.find((candidate) => files.includes(firstFiles[candidate]));
  if (kind === undefined || !wanted.includes(kind)) {
    throw notFound(folder, wanted, kind === undefined ? `none of ${Object.values(firstFiles).join(', ')}` : `the run of ${words[kind]}`);
  }
  return kind;
}

const words: Readonly<Record<RunKind, string>> = {
  experiment: 'an experiment',
  study: 'a study',
  pipeline: 'a pipeline',
  tasks: 'several tasks',
};

function notFound(folder: string, wanted: readonly RunKind[], found: string): InvalidInput {
  const of = wanted.length === kinds.length ? '' : ` of ${wanted.map((kind) => words[kind]).join(' or ')}`;
  return new InvalidInput(folder, [{ path: '', message: `expected the folder of a run${of}, found ${found}` }]);
}

/**
 * Undefined where no process works on it. A process on another machine may have ended. If there are several, all but
 * the first are about to be refused.
 *
 * @throws InvalidInput when a note in the folder is damaged.
 */
export async function holderOf(folder: string): Promise<FoundClaim | undefined> {
  for (const claim of await readClaims(folder)) {
    if (!(await isOver(claim))) {
      return claim;
    }
  }
  return undefined;
}

export async function isRunning(folder: string): Promise<boolean> {
  return (await holderOf(folder)) !== undefined;
}
