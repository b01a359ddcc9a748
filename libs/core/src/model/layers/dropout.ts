/**
 * Seeded dropout masks (Srivastava et al. 2014). A mask holds 1 where a value is kept.
 *
 * Instead of one number for each value, the gaps between dropped values are drawn: they follow a geometric
 * distribution, so only the dropped tenth costs anything. Each gap takes 16 random bits, which index a table of the
 * distribution's quantiles; the rate is accurate to about one part in ten thousand.
 */

import type { Rng } from '../../math/random.js';
import { vectorKernels, type VectorKernels } from '../../math/vector-kernels.js';

const TABLE_SIZE = 65_536;

/** Number of random words that are drawn at a time. */
const BLOCK = 4096;

/** A source of masks for one dropout rate. */
export interface DropoutMasks {
  readonly keepRate: number;
  /** A mask for `count` values, in a buffer that the next call overwrites. */
  next(count: number, rng: Rng): Uint8Array;
}

/**
 * Masks that drop each value with probability `rate`.
 *
 * @param rate - Between 0 and 1, both excluded.
 */
export function dropoutMasks(rate: number): DropoutMasks {
  const table = stepTable(rate);
  let room = maskRoom(0, table);
  return {
    keepRate: 1 - rate,
    next: (count, rng) => {
      if (room.mask.length < count) {
        room = maskRoom(count, table);
      }
      const { kernels, steps, words, mask } = room;
      mask.fill(1, 0, count);
      const last = mask.byteOffset + count - 1;
      let byte = mask.byteOffset - 1;
      while (byte < last) {
        rng.fill(words);
        const end = words.byteOffset + words.byteLength;
        byte = kernels.dropBytes(steps.byteOffset, words.byteOffset, end, byte, last);
      }
      return mask.subarray(0, count);
    },
  };
}

/** Memory for masks of up to `count` values. */
interface MaskRoom {
  readonly kernels: VectorKernels;
  readonly steps: Uint32Array;
  readonly words: Uint32Array;
  readonly mask: Uint8Array;
}

function maskRoom(count: number, table: Uint32Array): MaskRoom {
  const wordsAt = table.byteLength;
  const maskAt = wordsAt + BLOCK * Uint32Array.BYTES_PER_ELEMENT;
  const beyond = 2 * table.at(-1)!; // as far as the last word's two steps may reach
  const kernels = vectorKernels(maskAt + count + beyond);
  const { buffer } = kernels.memory;
  const steps = new Uint32Array(buffer, 0, TABLE_SIZE);
  steps.set(table);
  return {
    kernels,
    steps,
    words: new Uint32Array(buffer, wordsAt, BLOCK),
    mask: new Uint8Array(buffer, maskAt, count),
  };
}

/** Quantiles of the distance from one dropped value to the next: P(distance > d) = (1 - rate)^d. */
function stepTable(rate: number): Uint32Array {
  const logKeep = Math.log1p(-rate);
  return Uint32Array.from(
    { length: TABLE_SIZE },
    (_, index) => 1 + Math.floor(Math.log1p(-(index + 0.5) / TABLE_SIZE) / logKeep),
  );
}
