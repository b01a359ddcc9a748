/** The clock of a service, which measures its limits and timeouts. */

import type { Timer } from '@gaitway/core/internal';

export interface Clock extends Timer {
  /** Milliseconds since any fixed time. It never goes backwards. */
  readonly now: () => number;
}

/** Node fires a timer that is set to more than this at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The clock of this machine. Its timers do not keep the process alive: the service's port does. */
export const systemClock: Clock = {
  now: () => performance.now(),
  after: (seconds, ring) => {
    const timeout = setTimeout(ring, Math.min(seconds * 1000, LONGEST_TIMER_MS)).unref();
    return () => {
      clearTimeout(timeout);
    };
  },
};
