/** This computer's clock, in its time zone. */

import type { Clock } from './availability.js';

export const systemClock: Clock = {
  now: () => new Date(),
  after: (milliseconds, ring) => {
    const timeout = setTimeout(ring, milliseconds);
    return () => {
      clearTimeout(timeout);
    };
  },
};
