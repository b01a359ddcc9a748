/** Polling for conditions that only files and processes can tell. */

import { setTimeout as rest } from 'node:timers/promises';

const INTERVAL_MS = 250;

/**
 * Resolves once the condition holds. It is checked four times a second: not every file system reports changes, and no
 * system tells other processes that a process ended.
 *
 * @throws the signal's reason when it aborts.
 */
export async function pollUntil(isSo: () => Promise<boolean>, signal?: AbortSignal): Promise<void> {
  while (!(await isSo())) {
    signal?.throwIfAborted();
    await rest(INTERVAL_MS, undefined, signal && { signal }).catch((error: unknown) => {
      throw signal?.aborted ? signal.reason : error;
    });
  }
}
