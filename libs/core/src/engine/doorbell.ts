/** Waiting for whatever comes first: an answer, or a change among the clients. */

import type { Fleet } from './fleet.js';
import { untilAborted } from './until-aborted.js';

export interface Doorbell {
  ring(): void;
  /** Resolves once it has rung since the last time, for whatever reason; rejects when the signal aborts. */
  rung(): Promise<void>;
  remove(): void;
}

/** A doorbell that also rings when clients come or go. */
export function createDoorbell(fleet: Fleet, signal: AbortSignal): Doorbell {
  let hasRung = false;
  let wake = (): void => undefined;
  const ring = (): void => {
    hasRung = true;
    wake();
  };
  const wait = (): Promise<void> =>
    new Promise((resolve) => {
      wake = resolve;
      if (hasRung) {
        resolve();
      }
    });
  return {
    ring,
    rung: async () => {
      await untilAborted(wait, signal);
      hasRung = false;
    },
    remove: fleet.onChange(ring),
  };
}
