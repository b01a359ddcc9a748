/**
 * Loops over whole vectors in WebAssembly, where they take a half or a third of what V8 makes of the same loops in
 * JavaScript. The source is vector-kernels.wat beside this file.
 */

import { VECTOR_KERNELS } from './vector-kernels-binary.js';

/** A copy of the kernels with a memory of its own. All places are bytes from the memory's start; vectors begin at a multiple of 16. */
export interface VectorKernels {
  readonly memory: WebAssembly.Memory;
  /** Bits of the largest magnitude among Float32 values, four at a time. */
  largestMagnitude(at: number, end: number): number;
  /** sum += (weight · value + rounder) - rounder, Float64 and Float32, four at a time. */
  addRounded(sum: number, at: number, end: number, weight: number, rounder: number): void;
  /** Fills words by sfc32. */
  drawWords(state: number, at: number, end: number): void;
  /** The remainder of a cyclic redundancy check, whose tables begin at 0, after bytes, eight at a time. */
  remainderAfter(at: number, end: number, remainder: number): number;
  /** Zeroes bytes whose distances are picked by random words; gives the last of them. */
  dropBytes(steps: number, words: number, end: number, byte: number, last: number): number;
}

const PAGE_BYTES = 65_536;

const compiled = new WebAssembly.Module(Uint8Array.from(atob(VECTOR_KERNELS), (letter) => letter.charCodeAt(0)));

/** Kernels with a memory of at least `bytes`, all zero. */
export function vectorKernels(bytes: number): VectorKernels {
  const kernels = new WebAssembly.Instance(compiled).exports as unknown as VectorKernels;
  kernels.memory.grow(Math.ceil(bytes / PAGE_BYTES));
  return kernels;
}
