/**
 * Loops over whole vectors in WebAssembly, where they take a half to a third of the time of the same loops in
 * JavaScript on V8. The source is vector-kernels.wat beside this file.
 */

import { VECTOR_KERNELS } from './vector-kernels-binary.js';

/**
 * An instance of the kernels with a memory of its own. All positions are byte offsets in the memory; vectors begin at a
 * multiple of 16.
 */
export interface VectorKernels {
  readonly memory: WebAssembly.Memory;
  /** Bits of the largest magnitude among Float32 values, which are processed four at a time. */
  largestMagnitude(at: number, end: number): number;
  /** sum += (weight · value + rounder) - rounder, Float64 and Float32, four at a time. */
  addRounded(sum: number, at: number, end: number, weight: number, rounder: number): void;
  /** Fills words with the output of sfc32. */
  drawWords(state: number, at: number, end: number): void;
  /** The remainder of a cyclic redundancy check after some bytes, eight at a time. Its tables begin at offset 0. */
  remainderAfter(at: number, end: number, remainder: number): number;
  /** Zeroes bytes at distances picked by random words; returns the position of the last of them. */
  dropBytes(steps: number, words: number, end: number, byte: number, last: number): number;
}

const PAGE_BYTES = 65_536;

const compiled = new WebAssembly.Module(Uint8Array.from(atob(VECTOR_KERNELS), (letter) => letter.charCodeAt(0)));

/** Kernels with a memory of at least `bytes` bytes, all zero. */
export function vectorKernels(bytes: number): VectorKernels {
  const kernels = new WebAssembly.Instance(compiled).exports as unknown as VectorKernels;
  kernels.memory.grow(Math.ceil(bytes / PAGE_BYTES));
  return kernels;
}
