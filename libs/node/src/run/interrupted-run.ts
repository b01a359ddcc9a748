/** Runs that did not finish, and whether the one that is asked for may go on with them. */

import { studyDigest, type Study } from '@gaitway/core';
import { parseBackendName, type BackendName } from '../backend/backend-name.js';
import { exists, refuseOccupied, runFolder } from './run-folder.js';
import { refuseOtherRun } from './run-identity.js';
import { readState, type ReadState } from './state-folder.js';
import { gaitwayVersion } from './version.js';

/**
 * The state of the run in a folder that did not finish; undefined where a new run can begin.
 *
 * @throws InvalidInput when something else is in the folder, such as a finished run, or no state of it is whole.
 */
export async function readInterrupted(path: string): Promise<ReadState | undefined> {
  const folder = runFolder(path);
  if ((await exists(folder.study)) && (await exists(folder.state))) {
    return readState(folder.state);
  }
  await refuseOccupied(path);
  return undefined;
}

/**
 * The backend that a run in a folder should have: the one it began with, where it goes on with an interrupted run.
 * Commands ask before they read recordings.
 *
 * @param requested - Undefined takes any
 * @throws InvalidInput when another run is in the folder: of another study, seed, backend or version, or finished.
 */
export async function backendForRun(
  path: string,
  study: Study,
  requested: BackendName | undefined,
): Promise<BackendName | undefined> {
  const interrupted = await readInterrupted(path);
  if (!interrupted) {
    return requested;
  }
  const { identity } = interrupted.state;
  refuseOtherRun(path, identity, {
    gaitway: gaitwayVersion,
    study: study.name,
    seed: study.seed,
    digest: await studyDigest(study),
    ...(requested && { backend: requested }),
  });
  return parseBackendName(identity.backend, path);
}
