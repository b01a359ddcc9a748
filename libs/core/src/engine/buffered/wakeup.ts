/** Waiting for whatever happens first: an answer, or clients that come or go. */

import type { Fleet } from '../fleet/fleet.js';
import { untilAborted } from '../cancellation.js';

export interface Wakeup {
  /** Wakes whoever waits; where nobody does, the next call of `wait` returns at once. */
  notify(): void;
  /** Resolves once `notify` was called since the last time; rejects when the signal aborts. */
  wait(): Promise<void>;
  /** Stops listening to the fleet. */
  release(): void;
}

/** A wakeup that is also notified when clients come or go. */
export function createWakeup(fleet: Fleet, signal: AbortSignal): Wakeup {
  let isNotified = false;
  let wake = (): void => undefined;
  const notify = (): void => {
    isNotified = true;
    wake();
  };
  const notified = (): Promise<void> =>
    new Promise((resolve) => {
      wake = resolve;
      if (isNotified) {
        resolve();
      }
    });
  return {
    notify,
    wait: async () => {
      await untilAborted(notified, signal);
      isNotified = false;
    },
    release: fleet.onChange(notify),
  };
}
