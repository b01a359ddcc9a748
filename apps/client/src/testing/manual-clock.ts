/** A clock that a test sets. */

import type { Clock } from '../availability/availability.js';

export interface ManualClock extends Clock {
  /** Sets the time, and fires the timers that are due by then, each at its time. */
  set(time: Date): Promise<void>;
}

export function manualClock(start: Date): ManualClock {
  let now = start.getTime();
  const timers = new Map<() => void, number>();
  const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  return {
    now: () => new Date(now),
    after: (seconds, ring) => {
      timers.set(ring, now + 1000 * seconds);
      return () => {
        timers.delete(ring);
      };
    },
    set: async (time) => {
      for (;;) {
        const [next] = [...timers].filter(([, due]) => due <= time.getTime()).sort(([, a], [, b]) => a - b);
        if (!next) {
          break;
        }
        const [ring, due] = next;
        now = due;
        timers.delete(ring);
        ring();
        await settled();
      }
      now = time.getTime();
    },
  };
}
