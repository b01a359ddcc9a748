/** How large the parts of a message are: as large as the line brings over in a second or so, for each costs time. */

import { LARGEST_PART_BYTES, PART_BYTES, PARTS_AHEAD } from './limits.js';

/** Of one connection. */
export interface Pace {
  /** Bytes of the next part. */
  partBytes(): number;
  /** A part has arrived, so many milliseconds after it left. */
  arrived(milliseconds: number): void;
}

/** As many parts one after the other as may be on their way, each in less, say that the line takes larger ones. */
const QUICK_MILLISECONDS = 500;

/** One that takes more says that they should be smaller. */
const SLOW_MILLISECONDS = 2_000;

/** Begins with small parts. */
export function createPace(): Pace {
  let partBytes = PART_BYTES;
  let quick = 0;
  return {
    partBytes: () => partBytes,
    arrived: (milliseconds) => {
      quick = milliseconds < QUICK_MILLISECONDS ? quick + 1 : 0;
      if (quick === PARTS_AHEAD) {
        partBytes = Math.min(2 * partBytes, LARGEST_PART_BYTES);
        quick = 0;
      } else if (milliseconds > SLOW_MILLISECONDS) {
        partBytes = Math.max(partBytes / 2, PART_BYTES);
      }
    },
  };
}
