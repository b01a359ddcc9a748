/**
 * Loops over a window's samples in WebAssembly, which run for every example of every batch: they take half the time of
 * the same loops in JavaScript, with the same bits. The source is window-kernels.wat beside this file.
 */

import { createRng } from './random.js';
import { WINDOW_KERNELS } from './window-kernels-binary.js';

/** All positions are byte offsets in the memory; strides from one row of samples to the next are in bytes too. */
interface Kernels {
  readonly memory: WebAssembly.Memory;
  /** Stretches time about the middle m of a window: out(t) = in(m + (t - m) / stretch), for `count` rows. */
  stretchRows(from: number, to: number, count: number, channels: number, stretch: number): void;
  /** Sums of the samples of three axes, written as three Float64 numbers at `to`. */
  sumAxes(x: number, y: number, z: number, end: number, row: number, to: number): void;
  /** a ← T a + rest + noise; `numbers` are the rows of T, the three rests and the noise's standard deviation. */
  turnAxes(
    x: number,
    y: number,
    z: number,
    end: number,
    row: number,
    numbers: number,
    normals: number,
    draws: number,
  ): void;
  /** Copies the samples of one channel as (sample - centre) x factor, into rows of another length. */
  scaleColumn(
    from: number,
    fromStep: number,
    to: number,
    toStep: number,
    count: number,
    centre: number,
    factor: number,
  ): void;
  /**
   * Magnitude, vertical and horizontal part, as three vectors at `to`; `numbers` are the direction of gravity, then the
   * centre and factor of each of the three.
   */
  orientationFree(x: number, y: number, z: number, row: number, count: number, to: number, numbers: number): void;
}

/** Where the numeric arguments of the kernels begin. */
export const NUMBERS_AT = 0;
const NUMBERS = 16;

/**
 * Number of normal draws, made once, that begin at {@link NORMALS_AT}: picking one by 16 bits takes a tenth of the time
 * of drawing a new one.
 */
const NORMALS = 65_536;
export const NORMALS_AT: number = NUMBERS_AT + NUMBERS * Float64Array.BYTES_PER_ELEMENT;

/** From this offset on the memory is free for vectors. */
const FREE_AT = NORMALS_AT + NORMALS * Float32Array.BYTES_PER_ELEMENT;

const PAGE_BYTES = 65_536;

/** The kernels of this thread, with vectors to work on, which nobody else uses until the next call of `kernelVectors`. */
export interface KernelVectors {
  readonly kernels: Kernels;
  /** Numeric arguments of the kernels, from {@link NUMBERS_AT} on. */
  readonly numbers: Float64Array;
  readonly vectors: readonly Float32Array[];
}

let shared: Omit<KernelVectors, 'vectors'> | undefined;

/** The kernels, with a vector of each length; what is in the vectors is left over from earlier work. */
export function kernelVectors(lengths: readonly number[]): KernelVectors {
  const bytes = lengths.reduce((sum, length) => sum + length * Float32Array.BYTES_PER_ELEMENT, FREE_AT);
  if (!shared || shared.numbers.buffer.byteLength < bytes) {
    shared = withMemory(shared?.kernels ?? createKernels(), bytes);
  }
  const { kernels, numbers } = shared;
  const vectors: Float32Array[] = [];
  let offset = FREE_AT;
  for (const length of lengths) {
    vectors.push(new Float32Array(numbers.buffer, offset, length));
    offset += length * Float32Array.BYTES_PER_ELEMENT;
  }
  return { kernels, numbers, vectors };
}

/** The kernels with a memory of at least so many bytes; views of it before it grew are empty from then on. */
function withMemory(kernels: Kernels, bytes: number): Omit<KernelVectors, 'vectors'> {
  const { memory } = kernels;
  memory.grow(Math.max(0, Math.ceil((bytes - memory.buffer.byteLength) / PAGE_BYTES)));
  return { kernels, numbers: new Float64Array(memory.buffer, NUMBERS_AT, NUMBERS) };
}

function createKernels(): Kernels {
  const binary = Uint8Array.from(atob(WINDOW_KERNELS), (letter) => letter.charCodeAt(0));
  const created = new WebAssembly.Instance(new WebAssembly.Module(binary)).exports as unknown as Kernels;
  created.memory.grow(Math.ceil(FREE_AT / PAGE_BYTES));
  const rng = createRng('normal draws for noise');
  new Float32Array(created.memory.buffer, NORMALS_AT).set(Float32Array.from({ length: NORMALS }, () => rng.normal()));
  return created;
}
