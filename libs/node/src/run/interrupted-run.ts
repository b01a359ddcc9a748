/** Interrupted runs, and whether a requested run may continue them. */

import { studyDigest, type Study } from '@gaitway/core';
import { parseBackendName, type BackendName } from '../backend/backend-name.js';
import { exists, refuseOccupied, runFolder } from './run-folder.js';
import { refuseOtherRun } from './run-identity.js';
import { readState, type ReadState } from './state/state-folder.js';
import { gaitwayVersion } from './version.js';

/**
 * The state of the interrupted run in a folder; undefined where a new run can begin.
 *
 * @throws InvalidInput when something else is in the folder, such as a finished run, or no state of the run is intact.
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
 * The backend for a run in a folder: if it continues an interrupted run, the one that this began with. Commands call
 * this before they read recordings.
 *
 * @param requested - Undefined accepts any
 * @throws InvalidInput when another run is in the folder: of another study, seed, backend or version, or a finished
 *   one.
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
