/** Deadlines by this computer's clock. */

import type { Timer } from '@gaitway/core/internal';

export const systemTimer: Timer = {
  after: (seconds, ring) => {
    const timeout = setTimeout(ring, seconds * 1000);
    return () => {
      clearTimeout(timeout);
    };
  },
};
