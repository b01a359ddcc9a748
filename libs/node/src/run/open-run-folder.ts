/**
 * Opens the folder of a run: a new one, or one that continues where it was interrupted, if the requested run may
 * continue it.
 */

import { InvalidInput, type Study, studyDigest } from '@gaitway/core';
import { stageModel } from '@gaitway/core/engine';
import { digestBytes } from '@gaitway/core/internal';
import { mkdir } from 'node:fs/promises';
import { type BackendName, parseBackendName } from '../backend/backend-name.js';
import { removeTemporaries, writeFileAtomically } from '../files/atomic-write.js';
import { claimFolder, type FolderClaim } from '../files/claim-folder.js';
import type { ClaimKind } from '../files/claim.js';
import { cutLines, readJsonLines } from '../files/json-lines.js';
import { noProgress, type RunProgress, withLine } from './events/run-progress.js';
import { readFrozenStudy } from './read-run.js';
import { roundLineSchema } from './round-line.js';
import { exists, refuseOccupied, runFolder, type RunFolder } from './run-folder.js';
import { refuseOtherRun, type RunIdentity } from './run-identity.js';
import type { RunState } from './state/run-state.js';
import { clearStates, readState, type ReadState, writeState } from './state/state-folder.js';
import { gaitwayVersion } from './version.js';

/** A run's folder that this process has claimed. */
export interface OpenedRun extends FolderClaim {
  readonly folder: RunFolder;
  readonly state: RunState;
  readonly progress: RunProgress;
  /** The state that an earlier process left; absent in a new run. */
  readonly before?: RunState;
  /** Messages about damaged parts of that state. */
  readonly warnings: readonly string[];
}

/**
 * Claims a folder and prepares it for the run's next round.
 *
 * @throws InvalidInput when it holds another run or a finished one, or another process works in it.
 */
export async function openRunFolder(
  path: string,
  study: Study,
  identity: RunIdentity,
  kind: ClaimKind,
): Promise<OpenedRun> {
  await mkdir(path, { recursive: true });
  const claim = await claimFolder(path, kind);
  try {
    const interrupted = await readInterrupted(path);
    const folder = runFolder(path);
    const opened = interrupted
      ? {
          ...interrupted,
          before: interrupted.state,
          progress: await takeUp(folder, study, identity, interrupted.state),
        }
      : { warnings: [], progress: noProgress, state: await begin(folder, study, identity) };
    return { folder, ...opened, stopNote: claim.stopNote, [Symbol.asyncDispose]: () => claim[Symbol.asyncDispose]() };
  } catch (error) {
    await claim[Symbol.asyncDispose]();
    throw error;
  }
}

/** The study is written last: its file marks the beginning of the run. */
async function begin(folder: RunFolder, study: Study, identity: RunIdentity): Promise<RunState> {
  const state: RunState = { identity, rounds: 0, traffic: { bytesDown: 0, bytesUp: 0 } };
  await mkdir(folder.models, { recursive: true });
  await mkdir(folder.state, { recursive: true });
  await writeState(folder.state, state);
  await writeFileAtomically(folder.rounds, '');
  await writeFileAtomically(folder.study, `${JSON.stringify({ study, digest: identity.digest }, undefined, 2)}\n`);
  return state;
}

/** Removes from an interrupted run's files whatever its state does not include. */
async function takeUp(folder: RunFolder, study: Study, identity: RunIdentity, state: RunState): Promise<RunProgress> {
  refuseOtherRun(folder.path, state.identity, identity);
  await requireSameStudy(folder, identity);
  await mkdir(folder.models, { recursive: true });
  for (const place of [folder.path, folder.models]) {
    await removeTemporaries(place);
  }
  await clearStates(folder.state, state.rounds);
  await cutLines(folder.rounds, state.rounds);
  await cutLines(folder.events);
  const lines = (await readJsonLines(folder.rounds, roundLineSchema)).documents;
  await requireSameParameters(folder, study, state, lines.at(-1)?.parametersSha256);
  return lines.reduce((progress, line) => withLine(progress, line, study.activities), noProgress);
}

/** A study.json that somebody has edited would be noticed only by whoever reads the finished run. */
async function requireSameStudy(folder: RunFolder, { digest }: RunIdentity): Promise<void> {
  const found = await readFrozenStudy(folder);
  if (found.digest !== digest) {
    const message = `expected the study of this run (digest ${digest}), found another (digest ${found.digest})`;
    throw new InvalidInput(folder.study, [{ path: '', message }]);
  }
}

/** The last line of the rounds and the state must belong to the same round. */
async function requireSameParameters(
  { rounds }: RunFolder,
  { stages }: Study,
  { checkpoint }: RunState,
  found: string | undefined,
): Promise<void> {
  const stage = stages.find(({ name }) => name === checkpoint?.stage);
  const expected = checkpoint && stage && (await digestBytes(stageModel(stage, checkpoint.carried)));
  if (found !== expected) {
    const message = `expected parameters with the digest ${expected ?? '?'} after its last line, found ${found ?? 'none'}: files of two runs are mixed`;
    throw new InvalidInput(rounds, [{ path: '', message }]);
  }
}

/**
 * The state of the interrupted run in a folder; undefined where a new run can begin.
 *
 * @throws InvalidInput when something else is in the folder, such as a finished run, or no state of the run is intact.
 */
async function readInterrupted(path: string): Promise<ReadState | undefined> {
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
