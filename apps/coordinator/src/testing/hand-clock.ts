/** A clock that a test puts forward. */

import type { Clock } from '../limits/clock.js';

export interface HandClock extends Clock {
  /** Lets so many seconds pass, and rings what is due by then, in its order. */
  forward(seconds: number): void;
}

export function handClock(): HandClock {
  let now = 0;
  const bells = new Map<() => void, number>();
  return {
    now: () => now,
    after: (seconds, ring) => {
      const bell = (): void => {
        ring();
      };
      bells.set(bell, now + seconds * 1000);
      return () => {
        bells.delete(bell);
      };
    },
    forward: (seconds) => {
      now += seconds * 1000;
      const due = [...bells].filter(([, time]) => time <= now).sort(([, a], [, b]) => a - b);
      due.forEach(([bell]) => {
        if (bells.delete(bell)) {
          bell();
        }
      });
    },
  };
}
