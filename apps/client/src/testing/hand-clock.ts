/** A clock that a test puts forward. */

import type { Clock } from '../availability.js';

export interface HandClock extends Clock {
  /** Puts it to a time, and rings what is due by then, each at its time. */
  set(time: Date): Promise<void>;
}

export function handClock(start: Date): HandClock {
  let now = start.getTime();
  const bells = new Map<() => void, number>();
  const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  return {
    now: () => new Date(now),
    after: (milliseconds, ring) => {
      bells.set(ring, now + milliseconds);
      return () => {
        bells.delete(ring);
      };
    },
    set: async (time) => {
      for (;;) {
        const [next] = [...bells].filter(([, due]) => due <= time.getTime()).sort(([, a], [, b]) => a - b);
        if (!next) {
          break;
        }
        const [ring, due] = next;
        now = due;
        bells.delete(ring);
        ring();
        await settled();
      }
      now = time.getTime();
    },
  };
}
