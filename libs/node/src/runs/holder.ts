/** Finds the process that works on a run. */

import { isOver, readClaims, type FoundClaim } from '../files/claim.js';

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
