/** Sums and maxima over parameter vectors. */

import { vectorKernels } from './vector-kernels.js';

/**
 * Number of values that are copied to the kernels at a time: they stay in the processor's cache, and the memory small.
 */
const BLOCK = 8192;
const BLOCK_BYTES = BLOCK * Float32Array.BYTES_PER_ELEMENT;
const SUM_BYTES = BLOCK * Float64Array.BYTES_PER_ELEMENT;

/** Number of values that a kernel processes at a time. */
const LANES = 4;

const shared = vectorKernels(BLOCK_BYTES + SUM_BYTES);
const sharedBlock = new Float32Array(shared.memory.buffer, 0, BLOCK);
const sharedSum = new Float64Array(shared.memory.buffer, BLOCK_BYTES, BLOCK);
const sharedBits = new Uint32Array(1);
const sharedNumber = new Float32Array(sharedBits.buffer);

/** The largest absolute value, 0 where there are no values; NaN or Infinity where one of the values is. */
export function largestMagnitude(values: Float32Array): number {
  sharedBits[0] = 0;
  for (let start = 0; start < values.length; start += BLOCK) {
    const end = copyBlock(values, start, sharedBlock);
    sharedBits[0] = Math.max(sharedBits[0], shared.largestMagnitude(0, end));
  }
  return sharedNumber[0]!;
}

/** A running sum of vectors. */
export interface RoundedSum {
  /** The sum so far. */
  readonly values: Float64Array;
  /** Adds `weight` times each value, each product rounded first by adding and subtracting `rounder`. */
  add(values: Float32Array, weight: number): void;
}

/**
 * An empty sum of vectors of `size` values. It lies in plain memory, from which it is copied to the kernels a block at
 * a time: a separate kernel memory for each sum would be cold in the cache in each round, which costs more.
 */
export function roundedSum(size: number, rounder: number): RoundedSum {
  const sums = new Float64Array(size);
  return {
    values: sums,
    add: (values, weight) => {
      for (let start = 0; start < size; start += BLOCK) {
        const end = copyBlock(values, start, sharedBlock);
        const part = sums.subarray(start, start + BLOCK);
        sharedSum.set(part);
        shared.addRounded(BLOCK_BYTES, 0, end, weight, rounder);
        part.set(sharedSum.subarray(0, part.length));
      }
    },
  };
}

/** Copies the block of values from `start`, padded with zeros; returns the byte where it ends. */
function copyBlock(values: Float32Array, start: number, block: Float32Array): number {
  const count = Math.min(BLOCK, values.length - start);
  const filled = Math.ceil(count / LANES) * LANES;
  block.set(values.subarray(start, start + count));
  block.fill(0, count, filled);
  return filled * Float32Array.BYTES_PER_ELEMENT;
}
