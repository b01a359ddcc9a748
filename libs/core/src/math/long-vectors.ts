/** Sums and maxima over parameter vectors. */

import { vectorKernels } from './vector-kernels.js';

/** Values that are copied in at a time: they stay in the processor's cache, and the memory small. */
const BLOCK = 8192;
const BLOCK_BYTES = BLOCK * Float32Array.BYTES_PER_ELEMENT;

/** Numbers that a kernel takes at a time. */
const LANES = 4;

const shared = vectorKernels(BLOCK_BYTES);
const sharedBlock = new Float32Array(shared.memory.buffer, 0, BLOCK);
const sharedBits = new Uint32Array(1);
const sharedNumber = new Float32Array(sharedBits.buffer);

/** The largest absolute value, 0 where there are no values; NaN or Infinity where there is one. */
export function largestMagnitude(values: Float32Array): number {
  sharedBits[0] = 0;
  for (let start = 0; start < values.length; start += BLOCK) {
    const end = copyBlock(values, start, sharedBlock);
    sharedBits[0] = Math.max(sharedBits[0], shared.largestMagnitude(0, end));
  }
  return sharedNumber[0]!;
}

/** A sum of vectors. */
export interface RoundedSum {
  /** The sum so far. */
  readonly values: Float64Array;
  /** Adds `weight` times each value, each product rounded first by adding and subtracting `rounder`. */
  add(values: Float32Array, weight: number): void;
}

/** The sum of no vectors yet, each of `size` values. */
export function roundedSum(size: number, rounder: number): RoundedSum {
  const kernels = vectorKernels(BLOCK_BYTES + Math.ceil(size / LANES) * LANES * Float64Array.BYTES_PER_ELEMENT);
  const block = new Float32Array(kernels.memory.buffer, 0, BLOCK);
  return {
    values: new Float64Array(kernels.memory.buffer, BLOCK_BYTES, size),
    add: (values, weight) => {
      for (let start = 0; start < values.length; start += BLOCK) {
        const end = copyBlock(values, start, block);
        const sum = BLOCK_BYTES + start * Float64Array.BYTES_PER_ELEMENT;
        kernels.addRounded(sum, 0, end, weight, rounder);
      }
    },
  };
}

/** Copies the block of values from `start`, filled up with zeros; gives the byte where it ends. */
function copyBlock(values: Float32Array, start: number, block: Float32Array): number {
  const count = Math.min(BLOCK, values.length - start);
  const filled = Math.ceil(count / LANES) * LANES;
  block.set(values.subarray(start, start + count));
  block.fill(0, count, filled);
  return filled * Float32Array.BYTES_PER_ELEMENT;
}
