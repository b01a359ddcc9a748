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

/**
 * The memory that the kernels work in. Each caller may use all of it until the next call of `windowMemory`: only the
 * normal draws persist.
 */
export interface WindowMemory {
  readonly kernels: Kernels;
  /** The whole memory as Float32 samples. */
  readonly samples: Float32Array;
  /** Numeric arguments of the kernels, from {@link NUMBERS_AT} on. */
  readonly numbers: Float64Array;
}

export const NUMBERS_AT = 0;
const NUMBERS = 16;

/**
 * Number of normal draws, made once, that begin at {@link NORMALS_AT}: picking one by 16 bits takes a tenth of the time
 * of drawing a new one.
 */
const NORMALS = 65_536;
export const NORMALS_AT: number = NUMBERS_AT + NUMBERS * Float64Array.BYTES_PER_ELEMENT;

/** From this offset on the memory is free for a window and for what is computed from it. */
export const FREE_AT: number = NORMALS_AT + NORMALS * Float32Array.BYTES_PER_ELEMENT;

const PAGE_BYTES = 65_536;

let memory: WindowMemory | undefined;

/** The memory of this thread, with at least `bytes` free bytes. */
export function windowMemory(bytes: number): WindowMemory {
  if (!memory) {
    memory = grown(createKernels(), FREE_AT + bytes);
    const rng = createRng('normal draws for noise');
    memory.samples.set(
      Float32Array.from({ length: NORMALS }, () => rng.normal()),
      NORMALS_AT / Float32Array.BYTES_PER_ELEMENT,
    );
  }
  if (memory.samples.byteLength < FREE_AT + bytes) {
    memory = grown(memory.kernels, FREE_AT + bytes);
  }
  return memory;
}

function createKernels(): Kernels {
  const binary = Uint8Array.from(atob(WINDOW_KERNELS), (letter) => letter.charCodeAt(0));
  return new WebAssembly.Instance(new WebAssembly.Module(binary)).exports as unknown as Kernels;
}

function grown(kernels: Kernels, bytes: number): WindowMemory {
  kernels.memory.grow(Math.ceil((bytes - kernels.memory.buffer.byteLength) / PAGE_BYTES));
  return {
    kernels,
    samples: new Float32Array(kernels.memory.buffer),
    numbers: new Float64Array(kernels.memory.buffer, NUMBERS_AT, NUMBERS),
  };
}
