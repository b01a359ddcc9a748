/** The baseline `random-kernels`: how often fixed convolutions of a window are above fixed values, and ridge on that. */

import { windowCount, windowSamples, type WindowedDataset } from '../data/windows.js';
import type { Rng } from '../math/random.js';
import { shuffledIndices } from '../math/shuffle.js';
import { quantile } from '../metrics/people-intervals.js';
import type { Baseline } from './baseline.js';
import { convolve, drawKernels, type ConvolutionKernel } from './convolution-kernels.js';
import { withCopies } from './copies.js';
import { orientationFreeSignals } from './orientation-free-signals.js';
import { fitRidge, ridgeScores } from './ridge.js';
import { signalsOf, type FeatureRows, type Signals } from './window-features.js';

const COPIES = Number(process.env.COPIES ?? 4);

/** Values that each convolution is compared with: these quantiles of what it gives. */
const QUANTILES: readonly number[] = process.env.Q ? JSON.parse(process.env.Q) : [0.1, 0.37, 0.63, 0.9];

/** Windows that the values are taken from. */
const SAMPLE = 100;

export const randomKernels: Baseline = {
  name: 'random-kernels',
  needsAxes: true,
  predict: (task) => {
    const { train, classOf, classes, test, rng } = withCopies(task, COPIES);
    const plan = planOf(train, rng);
    let t = process.cpuUsage(); const lap = (s: string) => { if (process.env.LAP) { const u = process.cpuUsage(t); console.log(s, ((u.user + u.system) / 1e6).toFixed(2)); t = process.cpuUsage(); } };
    const rows = featuresOf(train, plan); lap('features');
    const model = fitRidge(rows, classOf, classes); lap('ridge ' + model.penalty + ' ' + rows.features);
    return softmax(ridgeScores(model, featuresOf(test, plan)), classes);
  },
};

interface FeaturePlan {
  readonly scale: readonly Scale[];
  readonly kernels: readonly ConvolutionKernel[];
  readonly bounds: readonly (readonly number[])[];
}

/** What is subtracted from a signal, and what it is divided by. */
interface Scale {
  readonly shift: number;
  readonly unit: number;
}

function planOf(train: WindowedDataset, rng: Rng): FeaturePlan {
  const sample = [...shuffledIndices(windowCount(train), rng.fork('sample')).subarray(0, SAMPLE)].map((window) =>
    allSignals(train, window),
  );
  const scale = sample[0]!.map((_, signal) => scaleOf(sample.map((window) => window[signal]!), signal < 3));
  const scaled = sample.map((window) => rescaled(window, scale));
  const kernels = drawKernels(train.shape.length, scale.length, rng.fork('kernels'));
  const outputs = kernels.map((): number[] => []);
  for (const window of scaled) {
    convolve(kernels, window, (convolution, kernel) => {
      for (let time = 0; time < convolution.length; time += 7) {
        outputs[kernel]!.push(convolution[time]!);
      }
    });
  }
  const bounds = outputs.map((values) => {
    const sorted = Float64Array.from(values).sort();
    return QUANTILES.map((share) => quantile(sorted, share));
  });
  return { scale, kernels, bounds };
}

function scaleOf(signals: Signals, isAxis: boolean): Scale {
  const values = signals.flatMap((signal) => [...signal]);
  const shift = isAxis ? 0 : values.reduce((s, v) => s + v, 0) / values.length;
  return { shift, unit: isAxis ? Math.sqrt(1 / 3) : Math.sqrt(values.reduce((s, v) => s + (v - shift) ** 2, 0) / values.length) || 1 };
}

function rescaled(window: Signals, scale: readonly Scale[]): Signals {
  return window.map((signal, place) => signal.map((value) => (value - scale[place]!.shift) / scale[place]!.unit));
}

function allSignals(windows: WindowedDataset, window: number): Signals {
  const axes = signalsOf(windowSamples(windows, window), windows.shape.channels);
  return [...axes, ...orientationFreeSignals(axes).slice(0, 3)];
}

/** [window, feature] */
function featuresOf(windows: WindowedDataset, { scale, kernels, bounds }: FeaturePlan): FeatureRows {
  const features = kernels.length * QUANTILES.length;
  const values = new Float64Array(windowCount(windows) * features);
  for (let window = 0; window < windowCount(windows); window++) {
    const signals = rescaled(allSignals(windows, window), scale);
    convolve(kernels, signals, (convolution, kernel) => {
      const place = window * features + kernel * QUANTILES.length;
      bounds[kernel]!.forEach((bound, q) => {
        values[place + q] = shareAbove(convolution, bound);
      });
    });
  }
  return { values, features };
}

function shareAbove(values: Float64Array, bound: number): number {
  let above = 0;
  for (let i = 0; i < values.length; i++) {
    above += values[i]! > bound ? 1 : 0;
  }
  return above / values.length;
}

/** Scores as probabilities. They order windows by how sure the classifier is; they are not calibrated. */
function softmax(scores: Float64Array, classes: number): Float64Array {
  const exponentials = scores.map((s) => Math.exp(s));
  for (let row = 0; row < scores.length; row += classes) {
    const sum = exponentials.subarray(row, row + classes).reduce((a, b) => a + b, 0);
    for (let c = 0; c < classes; c++) exponentials[row + c]! /= sum;
  }
  return exponentials;
}
