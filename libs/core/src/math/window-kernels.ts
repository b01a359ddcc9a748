/**
 * Loops over a window's samples in WebAssembly, which run for every example of every batch: half the time of the same
 * loops in JavaScript, and the same bits. The source is window-kernels.wat beside this file.
 */

import { createRng } from './random.js';
import { WINDOW_KERNELS } from './window-kernels-binary.js';

/** Places are bytes from the memory's start, and so are the steps from one row of samples to the next. */
interface Kernels {
  readonly memory: WebAssembly.Memory;
  /** Rows read at other places in time, about the middle: out(t) = in(m + (t - m) / stretch). */
  stretchRows(from: number, to: number, count: number, channels: number, stretch: number): void;
  /** Sums of the samples of three axes, as the first three of the numbers at `to`. */
  sumAxes(x: number, y: number, z: number, end: number, row: number, to: number): void;
  /** a ← T a + rest + noise; the numbers are the rows of T, the rests and the noise's deviation. */
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
  /** Samples of one channel as (sample - centre) x factor, in rows of another length. */
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
   * Magnitude, vertical and horizontal part, as three vectors at `to`; the numbers are gravity's direction, then each
   * one's centre and factor.
   */
  orientationFree(x: number, y: number, z: number, row: number, count: number, to: number, numbers: number): void;
}

/** What the kernels work in. Whoever asks for it has it until somebody else does: nothing stays in it but the normals. */
export interface WindowMemory {
  readonly kernels: Kernels;
  /** The whole of it as samples. */
  readonly samples: Float32Array;
  /** What kernels are given as numbers, from {@link NUMBERS_AT} on. */
  readonly numbers: Float64Array;
}

export const NUMBERS_AT = 0;
const NUMBERS = 16;

/** So many normal draws, made once, begin at {@link NORMALS_AT}: 16 bits pick one in a tenth of the time of a new one. */
const NORMALS = 65_536;
export const NORMALS_AT: number = NUMBERS_AT + NUMBERS * Float64Array.BYTES_PER_ELEMENT;

/** From here on the memory is free for a window and for what is made of it. */
export const FREE_AT: number = NORMALS_AT + NORMALS * Float32Array.BYTES_PER_ELEMENT;

const PAGE_BYTES = 65_536;

let memory: WindowMemory | undefined;

/** The memory of this thread, with at least so many bytes that are free. */
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
