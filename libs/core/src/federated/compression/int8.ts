/**
 * Integers of 8 bits with a scale for each block, by stochastic rounding, so that the expected value is the value
 * itself (QSGD: Alistarh et al. 2017, arXiv 1610.02132, section 3.1, with the largest magnitude of a block in place of
 * its norm).
 */

import { z } from 'zod';
import { largestMagnitude } from '../../math/long-vectors.js';
import { feedback, otherSize, type CompressionKind, type Feedback } from './compression-kind.js';

export interface Int8 extends Feedback {
  readonly kind: 'int8';
}

export interface Int8Delta {
  readonly kind: 'int8';
  /** Size of a step in each block, shape [block]. */
  readonly scales: Float32Array;
  /** Number of steps, from -127 to 127; shape [parameter]. */
  readonly steps: Int8Array;
}

/** Number of parameters that share a scale. */
const BLOCK = 1024;
const MAX_STEPS = 127;
const TWO_TO_32 = 2 ** 32;

export const int8: CompressionKind<Int8, Int8Delta> = {
  kind: 'int8',
  settings: z.strictObject({ kind: z.literal('int8'), feedback }),
  pack: (delta, _, rng) => {
    const scales = new Float32Array(blocksOf(delta.length));
    const steps = new Int8Array(delta.length);
    const draws = new Uint32Array(BLOCK);
    scales.forEach((_scale, block) => {
      const [start, end] = [block * BLOCK, (block + 1) * BLOCK];
      const values = delta.subarray(start, end);
      const scale = Math.fround(largestMagnitude(values) / MAX_STEPS);
      scales[block] = scale;
      rng.fill(draws);
      roundByChance(values, scale, draws, steps.subarray(start, end));
    });
    return { kind: 'int8', scales, steps };
  },
  unpack: ({ scales, steps }, size) => {
    if (steps.length !== size) {
      return otherSize(size, steps.length);
    }
    if (scales.length !== blocksOf(size)) {
      return { expected: `${blocksOf(size)} scales`, found: `${scales.length}` };
    }
    const delta = new Float32Array(size);
    for (let index = 0; index < size; index++) {
      delta[index] = steps[index]! * scales[Math.floor(index / BLOCK)]!;
    }
    return delta;
  },
};

function blocksOf(size: number): number {
  return Math.ceil(size / BLOCK);
}

/**
 * Rounds down or up with the probabilities that keep the mean. Where the scale is not finite, it alone makes the
 * unpacked values not finite.
 */
function roundByChance(values: Float32Array, scale: number, draws: Uint32Array, steps: Int8Array): void {
  if (scale === 0) {
    return;
  }
  for (let index = 0; index < values.length; index++) {
    const step = Math.floor(values[index]! / scale + draws[index]! / TWO_TO_32);
    steps[index] = Math.max(-MAX_STEPS, Math.min(MAX_STEPS, step));
  }
}
