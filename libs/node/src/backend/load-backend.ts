/** Chooses the backend of a thread. */

import { backendNames, type BackendName } from './backend-name.js';
import { tryBackend, type BackendAttempt } from './try-backend.js';

/** The backend that was loaded, and all attempts in order; the last one is the backend that works. */
export interface LoadedBackend {
  readonly name: BackendName;
  readonly attempts: readonly BackendAttempt[];
}

/** None of the allowed backends can train. The message gives the reason for each. */
export class BackendUnavailable extends Error {
  override readonly name: string = 'BackendUnavailable';
  readonly attempts: readonly BackendAttempt[];

  constructor(attempts: readonly BackendAttempt[]) {
    super(attempts.map(({ name, detail }) => `backend ${name}: ${detail}`).join('\n'));
    this.attempts = attempts;
  }
}

/**
 * Loads a backend into this thread, main or worker: the requested one, else the fastest that passes the self-test.
 *
 * @throws BackendUnavailable when the requested one does not work; it is never replaced by another.
 *
 * @example
 * const { name } = await loadBackend();
 */
export async function loadBackend(requested?: BackendName): Promise<LoadedBackend> {
  const attempts: BackendAttempt[] = [];
  for (const name of requested ? [requested] : backendNames) {
    const attempt = await tryBackend(name);
    attempts.push(attempt);
    if (attempt.outcome === 'works') {
      return { name, attempts };
    }
  }
  throw new BackendUnavailable(attempts);
}
