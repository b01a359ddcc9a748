/**
 * Seeded dropout masks (Srivastava et al. 2014). A mask holds 1 where a value is kept.
 *
 * Instead of one draw for each value, the gaps between dropped values are drawn: they follow a geometric distribution,
 * so only the dropped tenth costs anything. Each gap takes 16 random bits through a table of the distribution's
 * quantiles; the rate is met to about one part in ten thousand.
 */

import type { Rng } from '../math/random.js';

const TABLE_SIZE = 65536;

/** A source of masks for one rate. */
export interface DropoutMasks {
  readonly keepRate: number;
  /** A mask for `count` values. It lies in a reused buffer: use it before asking for the next. */
  next(count: number, rng: Rng): Uint8Array;
}

/**
 * Masks that drop each value with probability `rate`.
 *
 * @param rate - In (0, 1).
 */
export function dropoutMasks(rate: number): DropoutMasks {
  const gaps = gapTable(rate);
  let buffer = new Uint8Array(0);
  return {
    keepRate: 1 - rate,
    next: (count, rng) => {
      if (buffer.length < count) {
        buffer = new Uint8Array(count);
      }
      const mask = buffer.subarray(0, count).fill(1);
      let position = -1;
      while (position < count) {
        const draw = rng.uint32();
        position += gaps[draw & 0xffff]! + 1;
        mask[position] = 0;
        position += gaps[draw >>> 16]! + 1;
        mask[position] = 0; // Beyond the end a typed array ignores the write.
      }
      return mask;
    },
  };
}

/** Quantiles of the number of kept values before the next dropped one: P(gap >= g) = (1 - rate)^g. */
function gapTable(rate: number): Uint32Array {
  const logKeep = Math.log1p(-rate);
  return Uint32Array.from({ length: TABLE_SIZE }, (_, index) =>
    Math.floor(Math.log1p(-(index + 0.5) / TABLE_SIZE) / logKeep),
  );
}
