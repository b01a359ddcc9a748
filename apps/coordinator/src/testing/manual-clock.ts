/** A clock that a test advances. */

import type { Clock } from '../limits/clock.js';

export interface ManualClock extends Clock {
  /** Advances the time, and fires the timers that are due by then, in order. */
  advance(seconds: number): void;
}

export function manualClock(): ManualClock {
  let now = 0;
  const timers = new Map<() => void, number>();
  return {
    now: () => now,
    after: (seconds, ring) => {
      const timer = (): void => {
        ring();
      };
      timers.set(timer, now + seconds * 1000);
      return () => {
        timers.delete(timer);
      };
    },
    advance: (seconds) => {
      now += seconds * 1000;
      const due = [...timers].filter(([, time]) => time <= now).sort(([, a], [, b]) => a - b);
      due.forEach(([timer]) => {
        if (timers.delete(timer)) {
          timer();
        }
      });
    },
  };
}
