/**
 * Windows as rows of features, for models that do not learn features themselves: features of each channel, and
 * correlations between channels.
 */

import { windowSamples, type WindowedDataset } from '../data/windows.js';
import { quantile } from '../metrics/people-intervals.js';
import { type ComplexVector, rootsOfUnity } from '../math/fourier.js';
import { powerSpectrum } from './power-spectrum.js';

/** Signals that sensors measured in a window, or that are derived from them; shape [signal][time]. */
export type Signals = readonly Float64Array[];

export interface FeatureRows {
  /** Shape [window, feature]. */
  readonly values: Float64Array;
  readonly features: number;
}

/**
 * The features of each channel, and a correlation for each pair of channels.
 *
 * @param derive - Derives further signals from a window, shape [time, channel]; their features and correlations follow.
 */
export function windowFeatures(windows: WindowedDataset, derive?: (samples: Float32Array) => Signals): FeatureRows {
  const { length, channels } = windows.shape;
  const roots = rootsOfUnity(length);
  const rows = Array.from(windows.startOf, (_, window) => {
    const samples = windowSamples(windows, window);
    const derived = derive ? featuresOf(derive(samples), roots) : [];
    return [...featuresOf(signalsOf(samples, channels), roots), ...derived];
  });
  const features = rows[0]?.length ?? 0;
  const values = new Float64Array(rows.length * features);
  rows.forEach((row, window) => {
    values.set(row, window * features);
  });
  return { values, features };
}

/** @param samples - Shape [time, channel]. */
export function signalsOf(samples: Float32Array, channels: number): Signals {
  return Array.from({ length: channels }, (_, channel) => {
    const signal = new Float64Array(samples.length / channels);
    for (let time = 0; time < signal.length; time++) {
      signal[time] = samples[time * channels + channel]!;
    }
    return signal;
  });
}

function featuresOf(signals: Signals, roots: ComplexVector): readonly number[] {
  const correlations = signals.flatMap((signal, place) =>
    signals.slice(place + 1).map((other) => correlationOf(signal, other)),
  );
  return [...signals.flatMap((signal) => channelFeatures(signal, roots)), ...correlations];
}

/**
 * Mean, standard deviation, minimum, maximum, median, interquartile range, energy (mean square), zero crossings of the
 * signal without its mean, dominant frequency in cycles per window, and the power there.
 *
 * @param signal - Shape [time].
 * @param roots - Roots of unity for the length of the signal.
 */
export function channelFeatures(signal: Float64Array, roots: ComplexVector): readonly number[] {
  const mean = meanOf(signal);
  const centred = signal.map((value) => value - mean);
  const sorted = signal.toSorted();
  const spectrum = powerSpectrum(centred, roots);
  const dominant = dominantFrequency(spectrum);
  return [
    mean,
    Math.sqrt(meanOf(centred.map((value) => value ** 2))),
    sorted[0]!,
    sorted.at(-1)!,
    quantile(sorted, 0.5),
    quantile(sorted, 0.75) - quantile(sorted, 0.25),
    meanOf(signal.map((value) => value ** 2)),
    zeroCrossings(centred),
    dominant,
    spectrum[dominant]!,
  ];
}

/** Pearson's correlation; 0 where a signal is constant, where it is undefined. */
export function correlationOf(a: Float64Array, b: Float64Array): number {
  const [meanA, meanB] = [meanOf(a), meanOf(b)];
  let [together, squaresA, squaresB] = [0, 0, 0];
  for (let time = 0; time < a.length; time++) {
    const [x, y] = [a[time]! - meanA, b[time]! - meanB];
    together += x * y;
    squaresA += x * x;
    squaresB += y * y;
  }
  const scale = Math.sqrt(squaresA * squaresB);
  return scale === 0 ? 0 : together / scale;
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Number of time steps at which the sign changes. */
function zeroCrossings(signal: Float64Array): number {
  let crossings = 0;
  for (let time = 1; time < signal.length; time++) {
    if (signal[time - 1]! < 0 !== signal[time]! < 0) {
      crossings++;
    }
  }
  return crossings;
}

/** The frequency with the highest power; the lowest where several are equal. */
function dominantFrequency(spectrum: Float64Array): number {
  return spectrum.indexOf(spectrum.reduce((most, power) => Math.max(most, power), 0));
}
