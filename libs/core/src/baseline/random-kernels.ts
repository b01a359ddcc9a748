/**
 * The baseline `random-kernels`: features from fixed kernels on random subsets of the signals, and a ridge classifier.
 * The features are neither learned nor designed by hand: each is the proportion of time steps at which a convolution
 * of a window is above a fixed value (Dempster et al. 2021, MiniRocket).
 */

import { windowCount, windowSamples, type WindowedDataset } from '../data/windows.js';
import { derivedChannel } from '../inputs/derived-channels.js';
import { axesNormalisation, writeInputs } from '../inputs/window-inputs.js';
import { type Rng, shuffledIndices } from '../math/random.js';
import { quantile } from '../metrics/people-intervals.js';
import { type Baseline, withCopies } from './baseline.js';
import { convolve, drawKernels, type ConvolutionKernel } from './convolution-kernels.js';
import { fitRidge, ridgeScores } from './ridge.js';
import { signalsOf, type FeatureRows, type Signals } from './window-features.js';

/** Approximate number of training windows: three copies of 800. Two or four give the same figures. */
const WANTED_COPIES = 2400;

export const randomKernels: Baseline = {
  name: 'random-kernels',
  needsAxes: true,
  predict: (task) => {
    const { train, classOf, classes, test, rng } = withCopies(task, WANTED_COPIES);
    const bank = createKernelBank(train, rng);
    const classifier = fitRidge(proportionsAbove(bank, train), classOf, classes);
    return softmax(ridgeScores(classifier, proportionsAbove(bank, test)), classes);
  },
};

/** Turns scores into probabilities, which rank the classes but are not calibrated. */
function softmax(scores: Float64Array, classes: number): Float64Array {
  const exponentials = scores.map(Math.exp);
  for (let row = 0; row < scores.length; row += classes) {
    const own = exponentials.subarray(row, row + classes);
    const sum = own.reduce((total, value) => total + value, 0);
    own.set(own.map((value) => value / sum));
  }
  return exponentials;
}

type Four = readonly [number, number, number, number];

/** The quantiles that serve as bounds. */
const SHARES: Four = [0.1, 0.37, 0.63, 0.9];

/** Number of windows that the quantiles are estimated from, and the time steps between two of the values used. */
const SAMPLED_WINDOWS = 100;
const SAMPLED_STEPS = 7;

export interface KernelBank {
  readonly kernels: readonly ConvolutionKernel[];
  /** Bounds of each kernel, shape [kernel]. */
  readonly bounds: readonly Four[];
}

/** The kernels for windows like these, each with quantiles of its output on a sample of them as bounds. */
export function createKernelBank(windows: WindowedDataset, rng: Rng): KernelBank {
  const order = shuffledIndices(windowCount(windows), rng.fork('sample'));
  const sample = Array.from(order.subarray(0, SAMPLED_WINDOWS), (window) => inputsOf(windows, window));
  const kernels = drawKernels(windows.shape.length, sample[0]!.length, rng.fork('kernels'));
  const valuesOf = kernels.map((): number[] => []);
  for (const window of sample) {
    convolve(kernels, window, (convolution, kernel) => {
      for (let time = 0; time < convolution.length; time += SAMPLED_STEPS) {
        valuesOf[kernel]!.push(convolution[time]!);
      }
    });
  }
  const bounds = valuesOf.map((values): Four => {
    const sorted = Float64Array.from(values).sort();
    const [a, b, c, d] = SHARES;
    return [quantile(sorted, a), quantile(sorted, b), quantile(sorted, c), quantile(sorted, d)];
  });
  return { kernels, bounds };
}

const inputs = {
  normalisation: axesNormalisation,
  derived: (['magnitude', 'vertical', 'horizontal'] as const).map(derivedChannel),
};

/** The axes, magnitude, vertical and horizontal part of a window, on similar scales. */
function inputsOf(windows: WindowedDataset, window: number): Signals {
  const { channels, sampleRateHz } = windows.recordings[windows.recordingOf[window]!]!;
  const width = channels.length + inputs.derived.length;
  const values = new Float32Array(windows.shape.length * width);
  writeInputs(windowSamples(windows, window), { channels, sampleRateHz, inputs }, values);
  return signalsOf(values, width);
}

/** The proportion of time steps at which each convolution is above each of its bounds. */
export function proportionsAbove({ kernels, bounds }: KernelBank, windows: WindowedDataset): FeatureRows {
  const features = kernels.length * SHARES.length;
  const values = new Float64Array(windowCount(windows) * features);
  for (let window = 0; window < windowCount(windows); window++) {
    convolve(kernels, inputsOf(windows, window), (convolution, kernel) => {
      values.set(proportionsOf(convolution, bounds[kernel]!), window * features + kernel * SHARES.length);
    });
  }
  return { values, features };
}

/** One pass, which takes a third of the time of four. */
function proportionsOf(convolution: Float64Array, [a, b, c, d]: Four): Four {
  let [aboveA, aboveB, aboveC, aboveD] = [0, 0, 0, 0];
  for (const value of convolution) {
    aboveA += value > a ? 1 : 0;
    aboveB += value > b ? 1 : 0;
    aboveC += value > c ? 1 : 0;
    aboveD += value > d ? 1 : 0;
  }
  const { length } = convolution;
  return [aboveA / length, aboveB / length, aboveC / length, aboveD / length];
}
