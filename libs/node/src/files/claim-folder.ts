/**
 * Makes sure that only one process at a time works in a folder: each leaves a note there, and looks for notes of
 * others.
 */

import { InvalidInput } from '@gaitway/core';
import { rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { isOver, leaveClaim, readClaims, stopNoteOf, type ClaimKind, type FoundClaim } from './claim.js';

/** Releases the folder when it is disposed of. */
export interface FolderClaim extends AsyncDisposable {
  /** Path of a file that exists once somebody wants the work in the folder to end. */
  readonly stopNote: string;
}

/**
 * Claims a folder for this process. The note of a process that was killed does not count, and is removed. Each note has
 * a unique name, so removing an old one never removes a new one: of two processes that start at the same time at most
 * one continues.
 *
 * @throws InvalidInput when another process works in the folder, or one on another machine may.
 */
export async function claimFolder(folder: string, kind: ClaimKind = {}): Promise<FolderClaim> {
  const own = await leaveClaim(folder, kind);
  const stopNote = stopNoteOf(own);
  const giveBack = async (): Promise<void> => {
    await rm(own, { force: true });
    await rm(stopNote, { force: true });
  };
  try {
    await refuseOthers(folder, own);
  } catch (error) {
    await giveBack();
    throw error;
  }
  return { stopNote, [Symbol.asyncDispose]: giveBack };
}

async function refuseOthers(folder: string, own: string): Promise<void> {
  for (const claim of (await readClaims(folder)).filter(({ path }) => path !== own)) {
    if (!(await isOver(claim))) {
      throw new InvalidInput(folder, [{ path: '', message: takenMessage(claim) }]);
    }
    await rm(claim.path, { force: true });
  }
}

function takenMessage({ pid, host, since, path }: FoundClaim): string {
  const found = `expected a folder in which no other process works, found process ${pid} on ${host}, since ${since}`;
  return host === hostname()
    ? `${found}: wait for its end, or choose another folder`
    : `${found}: wait for its end, or delete ${path} when it has none to come`;
}
