/** A timer that rings when a test says so. */

import type { Timer } from '../engine/timer.js';

export interface HandTimer extends Timer {
  /** Delays, in seconds, of the timers that are set and have not rung. */
  set(): readonly number[];
  /** Rings all timers. */
  ring(): void;
}

export function handTimer(): HandTimer {
  const bells = new Map<() => void, number>();
  return {
    after: (seconds, ring) => {
      bells.set(ring, seconds);
      return () => {
        bells.delete(ring);
      };
    },
    set: () => [...bells.values()],
    ring: () => {
      const ringing = [...bells.keys()];
      bells.clear();
      ringing.forEach((ring) => {
        ring();
      });
    },
  };
}
