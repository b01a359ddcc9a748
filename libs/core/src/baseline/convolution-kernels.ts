/**
 * Fixed kernels of nine weights, six of which are -1 and three 2 (A. Dempster, D. F. Schmidt, G. I. Webb, MiniRocket: A
 * Very Fast (Almost) Deterministic Transform for Time Series Classification, KDD 2021).
 */

import { type Rng, shuffledIndices } from '../math/random.js';
import type { Signals } from './window-features.js';

const WEIGHTS = 9;

type Three = readonly [number, number, number];

export interface ConvolutionKernel {
  /** Positions of the weights that are 2. */
  readonly twos: Three;
  /** Number of time steps from one weight to the next. */
  readonly dilation: number;
  /** The signals whose convolutions are summed, each with the same weights. */
  readonly signals: readonly number[];
}

/**
 * All 84 kernels at each dilation 1, 4, 16 … that fits into a window, lowest dilation first; each uses a random subset
 * of the signals.
 */
export function drawKernels(length: number, signals: number, rng: Rng): readonly ConvolutionKernel[] {
  const dilations: number[] = [];
  for (let dilation = 1; dilation === 1 || dilation * (WEIGHTS - 1) < length; dilation *= 4) {
    dilations.push(dilation);
  }
  return dilations.flatMap((dilation) =>
    threesOf(WEIGHTS).map((twos) => ({
      twos,
      dilation,
      signals: [...shuffledIndices(signals, rng).subarray(0, 1 + rng.integer(signals))],
    })),
  );
}

/** All ways to choose three of the given number of places. */
function threesOf(places: number): readonly Three[] {
  const all = Array.from({ length: places }, (_, place) => place);
  return all.flatMap((a) => all.slice(a + 1).flatMap((b) => all.slice(b + 1).map((c): Three => [a, b, c])));
}

/**
 * Calls `use` with the convolution of a window by each kernel, shape [time]. Signals count as 0 before and after the
 * window.
 *
 * @param kernels - Kernels of the same dilation must be adjacent.
 * @param window - Shape [signal][time].
 * @param use - Must not keep the convolution: the next one overwrites it.
 */
export function convolve(
  kernels: readonly ConvolutionKernel[],
  window: Signals,
  use: (convolution: Float64Array, kernel: number) => void,
): void {
  const convolution = new Float64Array(window[0]!.length);
  let dilation = 0;
  let spread: readonly SpreadSignal[] = [];
  kernels.forEach((kernel, place) => {
    if (kernel.dilation !== dilation) {
      ({ dilation } = kernel);
      spread = window.map((signal) => spreadSignal(signal, kernel.dilation));
    }
    convolution.fill(0);
    for (const signal of kernel.signals) {
      addConvolution(convolution, spread[signal]!, kernel);
    }
    use(convolution, place);
  });
}

/** What the kernels of one dilation share: each convolution is three times three samples less the sum of all nine. */
interface SpreadSignal {
  /** Three times the signal, padded with zeros on both sides. */
  readonly tripled: Float64Array;
  /** Sum of the nine samples under the kernel, shape [time]. */
  readonly sumOfNine: Float64Array;
}

function spreadSignal(signal: Float64Array, dilation: number): SpreadSignal {
  const margin = (dilation * (WEIGHTS - 1)) / 2;
  const tripled = new Float64Array(signal.length + 2 * margin);
  const sumOfNine = new Float64Array(signal.length);
  for (let time = 0; time < signal.length; time++) {
    tripled[margin + time] = 3 * signal[time]!;
    for (let weight = time - margin; weight <= time + margin; weight += dilation) {
      sumOfNine[time]! += signal[weight] ?? 0;
    }
  }
  return { tripled, sumOfNine };
}

function addConvolution(
  convolution: Float64Array,
  { tripled, sumOfNine }: SpreadSignal,
  { twos, dilation }: ConvolutionKernel,
): void {
  const [a, b, c] = [twos[0] * dilation, twos[1] * dilation, twos[2] * dilation];
  for (let time = 0; time < convolution.length; time++) {
    convolution[time]! += tripled[time + a]! + tripled[time + b]! + tripled[time + c]! - sumOfNine[time]!;
  }
}
