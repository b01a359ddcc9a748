/** A timer that a test lets run out. */

import type { Timer } from '../engine/timer.js';

export interface HandTimer extends Timer {
  /** The seconds of the calls that have neither been made nor cancelled. */
  pending(): readonly number[];
  /** Makes all of them. */
  fire(): void;
}

export function handTimer(): HandTimer {
  const scheduled = new Map<() => void, number>();
  return {
    after: (seconds, callback) => {
      scheduled.set(callback, seconds);
      return () => {
        scheduled.delete(callback);
      };
    },
    pending: () => [...scheduled.values()],
    fire: () => {
      const callbacks = [...scheduled.keys()];
      scheduled.clear();
      callbacks.forEach((callback) => {
        callback();
      });
    },
  };
}
