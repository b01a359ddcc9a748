/** A run that somebody pauses or stops by a note in its folder, while its process goes on. */

import { pollUntil } from '../files/poll-until.js';
import { exists } from '../run/run-folder.js';
import type { RunRecorder } from '../run/run-recorder.js';
import { Interrupted } from '../terminal/interruption.js';
import type { Reporter } from '../terminal/reporter.js';

export interface PauseWatch {
  readonly reporter: Reporter;
  readonly signal: AbortSignal;
  /** Called when it begins to rest, and when it goes on. */
  readonly onPause?: (change: 'paused' | 'unpaused') => void;
}

/** Whether the run's folder says that it is paused. */
export function isPaused({ folder }: RunRecorder): Promise<boolean> {
  return exists(folder.pause);
}

/**
 * Waits as long as the run's folder says that it is paused.
 *
 * @throws the signal's reason when it aborts.
 */
export async function waitWhilePaused(recorder: RunRecorder, watch: PauseWatch): Promise<void> {
  const { path } = recorder.folder;
  const { reporter, signal, onPause } = watch;
  if (!(await isPaused(recorder))) {
    return;
  }
  await recorder.note({ event: 'run-paused' });
  reporter.warn(`The run is paused. Resume it with: gaitway resume ${path}`);
  onPause?.('paused');
  await pollUntil(async () => !(await isPaused(recorder)), signal);
  await recorder.unpause();
  reporter.line('The run is no longer paused.');
  onPause?.('unpaused');
}

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
  const looking = pollUntil(() => exists(stopNote), end.signal).then(
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
