import { describe, expect, it } from 'vitest';
import { createRng } from '../math/random.js';
import { convolve, drawKernels, type ConvolutionKernel } from './convolution-kernels.js';
import type { Signals } from './window-features.js';

/** Copies of the convolutions by each kernel. */
function convolutionsOf(kernels: readonly ConvolutionKernel[], window: Signals): readonly (readonly number[])[] {
  const all: number[][] = [];
  convolve(kernels, window, (convolution, kernel) => {
    all[kernel] = [...convolution];
  });
  return all;
}

describe('the kernels', () => {
  it('are all 84 at each dilation that fits into a window', () => {
    const kernels = drawKernels(200, 6, createRng(1));
    expect([...new Set(kernels.map(({ dilation }) => dilation))]).toEqual([1, 4, 16]);
    for (const dilation of [1, 4, 16]) {
      const twos = kernels.filter((kernel) => kernel.dilation === dilation).map((kernel) => kernel.twos.join());
      expect(new Set(twos).size).toBe(84);
    }
    expect(drawKernels(128, 6, createRng(1)).at(-1)?.dilation).toBe(4);
    expect(drawKernels(5, 6, createRng(1))).toHaveLength(84);
  });

  it('see some of the signals, each once, and all of them are seen', () => {
    const kernels = drawKernels(64, 4, createRng(2));
    for (const { signals } of kernels) {
      expect(new Set(signals).size).toBe(signals.length);
      expect(signals.length).toBeGreaterThan(0);
    }
    expect([...new Set(kernels.flatMap(({ signals }) => signals))].sort()).toEqual([0, 1, 2, 3]);
  });
});

describe('a convolution', () => {
  const impulse = Float64Array.of(0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0);

  it('of an impulse is the kernel backwards', () => {
    // Weights 2 -1 2 -1 -1 -1 -1 -1 2, the last of which meets the impulse four steps before it.
    const kernel: ConvolutionKernel = { twos: [0, 2, 8], dilation: 1, signals: [0] };
    expect(convolutionsOf([kernel], [impulse])).toEqual([[0, 2, -1, -1, -1, -1, -1, 2, -1, 2, 0]]);
  });

  it('goes in steps of the dilation and counts nothing outside of the window', () => {
    const kernel: ConvolutionKernel = { twos: [3, 4, 5], dilation: 2, signals: [0] };
    expect(convolutionsOf([kernel], [impulse])).toEqual([[0, -1, 0, 2, 0, 2, 0, 2, 0, -1, 0]]);
  });

  it('sums up the signals of its kernel, for kernels of several dilations', () => {
    const window = [impulse, impulse.map((value) => 10 * value), impulse.map(() => 7)];
    const kernels: readonly ConvolutionKernel[] = [
      { twos: [0, 1, 2], dilation: 1, signals: [0, 1] },
      { twos: [0, 1, 2], dilation: 1, signals: [2] },
      { twos: [3, 4, 5], dilation: 4, signals: [1] },
    ];
    const [both, level, spread] = convolutionsOf(kernels, window);
    expect(both).toEqual([0, -11, -11, -11, -11, -11, -11, 22, 22, 22, 0]);
    // The weights sum up to 0 where all of them are within the window; at its beginning the first four are not.
    expect(level!.slice(4, 7)).toEqual([0, 0, 0]);
    expect(level![0]).toBe(-5 * 7);
    expect(spread).toEqual([0, 20, 0, 0, 0, 20, 0, 0, 0, 20, 0]);
  });
});
