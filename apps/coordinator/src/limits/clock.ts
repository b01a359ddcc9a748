/** Time as a service takes it: what its limits count in, and when its patience ends. */

import type { Timer } from '@gaitway/core';

export interface Clock extends Timer {
  /** Milliseconds from any start, never backwards. */
  readonly now: () => number;
}

/** A timer that is set to more goes off at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** This machine's. What a service waits for keeps no process alive: its port does. */
export const systemClock: Clock = {
  now: () => performance.now(),
  after: (seconds, ring) => {
    const timeout = setTimeout(ring, Math.min(seconds * 1000, LONGEST_TIMER_MS)).unref();
    return () => {
      clearTimeout(timeout);
    };
  },
};
