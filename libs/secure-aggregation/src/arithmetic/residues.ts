/**
 * Vectors of integers modulo 2^bits: what masked vectors are added in. Each takes 64 bits in memory, of which the lower ones
 * count, so that sums may wrap around at 2^64 and need no division. The loops are in WebAssembly, in residue-kernels.wat
 * beside this file: in JavaScript they take several times as long.
 */

import { RESIDUE_KERNELS } from './residue-kernels-binary.js';
import type { Ring } from './ring.js';

/** Integers of which the lower bits count, as many as the ring has. */
export type Residues = BigInt64Array;

/** A packed vector, part by part: the next bytes. */
export type PackedParts = (bytes: number) => Uint8Array;

/** A packed vector that is added, or taken away. */
export interface Addend {
  readonly parts: PackedParts;
  readonly sign: 1 | -1;
}

interface Kernels {
  readonly memory: WebAssembly.Memory;
  add(at: number, end: number, low: number, high: number, sign: bigint): void;
  split(at: number, end: number, low: number, high: number, mask: bigint): void;
  toIntegers(at: number, end: number): void;
  toNumbers(at: number, end: number, shift: bigint): void;
}

/** Values that are processed at a time: they stay in the processor's cache. A multiple of 64 bytes of every packed form. */
const BLOCK = 4096;

const VALUE_BITS = 64;
const VALUE_BYTES = 8;
const LOW_BITS = 32;
const LOW_BYTES = 4;

const binary = Uint8Array.from(atob(RESIDUE_KERNELS), (letter) => letter.charCodeAt(0));
const kernels = new WebAssembly.Instance(new WebAssembly.Module(binary)).exports as unknown as Kernels;

const { buffer } = kernels.memory;
const integers = new BigInt64Array(buffer, 0, BLOCK);
const numbers = new Float64Array(buffer, 0, BLOCK);
const low = new Uint8Array(buffer, integers.byteLength, LOW_BYTES * BLOCK);
const high = new Uint8Array(buffer, low.byteOffset + low.byteLength, 2 * BLOCK);

/** Whole numbers below 2^53 in magnitude, as residues. */
export function residuesOf(values: Float64Array): Residues {
  const residues = new BigInt64Array(values.length);
  forEachBlock(values.length, (start, end) => {
    numbers.set(values.subarray(start, end));
    kernels.toIntegers(0, VALUE_BYTES * (end - start));
    residues.set(integers.subarray(0, end - start), start);
  });
  return residues;
}

/** The numbers of smallest magnitude, from -2^(bits-1) to 2^(bits-1) - 1, that residues stand for. */
export function centred(residues: Residues, { bits }: Ring): Float64Array {
  const values = new Float64Array(residues.length);
  forEachBlock(residues.length, (start, end) => {
    integers.set(residues.subarray(start, end));
    kernels.toNumbers(0, VALUE_BYTES * (end - start), BigInt(VALUE_BITS - bits));
    values.set(numbers.subarray(0, end - start), start);
  });
  return values;
}

/** Adds packed vectors, or takes them away, in place. */
export function addAll(residues: Residues, addends: readonly Addend[], { bytesPerValue }: Ring): void {
  high.fill(0); // stays so where values have no bytes there
  forEachBlock(residues.length, (start, end) => {
    integers.set(residues.subarray(start, end));
    for (const { parts, sign } of addends) {
      load(parts(bytesPerValue * (end - start)), end - start);
      kernels.add(0, VALUE_BYTES * (end - start), low.byteOffset, high.byteOffset, sign < 0 ? -1n : 0n);
    }
    residues.set(integers.subarray(0, end - start), start);
  });
}

/**
 * The bytes of residues. For each 4,096 values, the low 32 bits of all come first, then, in rings of more than 32 bits, the
 * 16 bits above them, all little-endian.
 */
export function pack(residues: Residues, { bits, bytesPerValue }: Ring): Uint8Array {
  const packed = new Uint8Array(residues.length * bytesPerValue);
  forEachBlock(residues.length, (start, end) => {
    integers.set(residues.subarray(start, end));
    kernels.split(0, VALUE_BYTES * (end - start), low.byteOffset, high.byteOffset, 2n ** BigInt(bits) - 1n);
    const lowBytes = LOW_BYTES * (end - start);
    const first = bytesPerValue * start;
    packed.set(low.subarray(0, lowBytes), first);
    packed.set(high.subarray(0, (bytesPerValue - LOW_BYTES) * (end - start)), first + lowBytes);
  });
  return packed;
}

/** Packed values, to be added. @param packed - As many bytes as the values have */
export function packedParts(packed: Uint8Array): PackedParts {
  let read = 0;
  return (bytes) => packed.subarray(read, (read += bytes));
}

/** Copies a part to where the kernels find it. */
function load(part: Uint8Array, count: number): void {
  low.set(part.subarray(0, LOW_BYTES * count));
  high.set(part.subarray(LOW_BYTES * count));
}

/** Whether packed values have no bits beyond those of the ring. @param packed - As many bytes as `count` values have */
export function isOfRing(packed: Uint8Array, count: number, { bits, bytesPerValue }: Ring): boolean {
  const beyond = bytesPerValue > LOW_BYTES ? -1 << (bits - LOW_BITS) : bits < LOW_BITS ? -1 << bits : 0;
  const words = bytesPerValue > LOW_BYTES ? new Uint16Array(buffer, high.byteOffset, BLOCK) : new Uint32Array(buffer, low.byteOffset, BLOCK); // prettier-ignore
  const parts = packedParts(packed);
  let union = 0;
  forEachBlock(count, (start, end) => {
    load(parts(bytesPerValue * (end - start)), end - start);
    for (let place = 0; place < end - start; place++) {
      union |= words[place]!;
    }
  });
  return (union & beyond) === 0;
}

/** Calls with the first value of each block and the one after the last. */
function forEachBlock(length: number, process: (start: number, end: number) => void): void {
  for (let start = 0; start < length; start += BLOCK) {
    process(start, Math.min(start + BLOCK, length));
  }
}
