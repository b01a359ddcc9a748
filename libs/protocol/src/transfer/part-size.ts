/** Chooses the size of the parts of a large message: as large as the connection delivers in about a second. */

import { LARGEST_PART_BYTES, PART_BYTES, PARTS_AHEAD } from '../limits.js';

/** The part size of one connection, adapted to its measured speed. */
export interface PartSize {
  /** Bytes of the next part. */
  bytes(): number;
  /** Notes how long a part took to arrive, in milliseconds. */
  arrivedAfter(milliseconds: number): void;
}

/** The size doubles after as many parts in a row as may be in flight that each took less than this. */
const FAST_MS = 500;

/** The size halves after a part that took more than this. */
const SLOW_MS = 2_000;

/** Starts with the smallest size. */
export function createPartSize(): PartSize {
  let bytes = PART_BYTES;
  let fastInARow = 0;
  return {
    bytes: () => bytes,
    arrivedAfter: (milliseconds) => {
      fastInARow = milliseconds < FAST_MS ? fastInARow + 1 : 0;
      if (fastInARow === PARTS_AHEAD) {
        bytes = Math.min(2 * bytes, LARGEST_PART_BYTES);
        fastInARow = 0;
      } else if (milliseconds > SLOW_MS) {
        bytes = Math.max(bytes / 2, PART_BYTES);
      }
    },
  };
}
