/** The places in a run's folder. */

import { InvalidInput } from '@gaitway/core';
import { access, mkdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Paths of a run's files. */
export interface RunFolder {
  readonly path: string;
  readonly study: string;
  readonly rounds: string;
  readonly result: string;
  readonly events: string;
  readonly report: string;
}

/** Where a run keeps what, whether it is there or not. */
export function runFolder(path: string): RunFolder {
  return {
    path,
    study: join(path, 'study.json'),
    rounds: join(path, 'rounds.jsonl'),
    result: join(path, 'result.json'),
    events: join(path, 'events.log'),
    report: join(path, 'report.html'),
  };
}

/** A stage's model, relative to the run's folder and with forward slashes on every system. */
export function modelPath(stage: string): string {
  return `models/${stage}.safetensors`;
}

/**
 * Makes the folder of a new run.
 *
 * @throws InvalidInput when a run is in it already, finished or not.
 */
export async function createRunFolder(path: string): Promise<RunFolder> {
  const folder = runFolder(path);
  if (await exists(folder.result)) {
    throw occupied(path, 'a finished run', 'choose another folder');
  }
  if (await exists(folder.study)) {
    throw occupied(path, 'a run that did not finish', 'delete the folder, or choose another');
  }
  await mkdir(join(path, 'models'), { recursive: true });
  return folder;
}

function occupied(path: string, found: string, advice: string): InvalidInput {
  return new InvalidInput(path, [{ path: '', message: `expected a new folder, found ${found}: ${advice}` }]);
}

/** Whether something is at a path. */
export async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
