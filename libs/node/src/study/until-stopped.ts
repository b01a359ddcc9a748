/** A run that somebody stops while its process goes on with others. */

import { lookUntil } from '../files/look-until.js';
import { exists } from '../run/run-folder.js';
import { Interrupted } from '../terminal/interruption.js';

/**
 * Conducts a run until it ends, or until a note is there that wants it to stop for now.
 *
 * @param work - Its signal aborts then, and when `signal` does.
 */
export async function untilStopped<T>(
  stopNote: string,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const stop = new AbortController();
  const end = new AbortController();
  const looking = lookUntil(() => exists(stopNote), end.signal).then(
    () => {
      stop.abort(new Interrupted('SIGTERM'));
    },
    () => undefined, // the work ended first
  );
  try {
    return await work(AbortSignal.any([signal, stop.signal]));
  } finally {
    end.abort();
    await looking;
  }
}
