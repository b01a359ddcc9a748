/** Asks the process that conducts a run to pause between two rounds, or to continue. */

import { InvalidInput } from '@gaitway/core';
import { rm } from 'node:fs/promises';
import { writeFileAtomically } from '../files/atomic-write.js';
import { exists, runFolder, type RunFolder } from '../run/run-folder.js';
import { isRunning, runKind } from './run-kind.js';

/**
 * Pauses a run after the current round. It stays paused, even if its process ends and is started again, until {@link
 * unpauseRun}.
 *
 * @returns Whether a process works on the run now.
 * @throws InvalidInput when the folder holds no run of a study, or one that is finished or paused already.
 */
export async function pauseRun(path: string, now: Date): Promise<boolean> {
  const folder = await studyRun(path);
  if (await exists(folder.pause)) {
    throw refusal(path, 'expected a run that is not paused, found one that is');
  }
  await writeFileAtomically(folder.pause, `${JSON.stringify({ since: now.toISOString() })}\n`);
  return isRunning(path);
}

/**
 * Ends a pause.
 *
 * @returns Whether a process works on the run now.
 * @throws InvalidInput when the folder holds no run of a study, or one that is finished or not paused.
 */
export async function unpauseRun(path: string): Promise<boolean> {
  const folder = await studyRun(path);
  if (!(await exists(folder.pause))) {
    throw refusal(path, 'expected a run that is paused, found one that is not');
  }
  await rm(folder.pause, { force: true });
  return isRunning(path);
}

async function studyRun(path: string): Promise<RunFolder> {
  await runKind(path, ['study']);
  const folder = runFolder(path);
  if (await exists(folder.result)) {
    throw refusal(path, 'expected a run that is not finished, found one that is');
  }
  return folder;
}

function refusal(path: string, message: string): InvalidInput {
  return new InvalidInput(path, [{ path: '', message }]);
}
