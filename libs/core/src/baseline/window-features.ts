/** Windows as rows of features, for models that do not learn features themselves. */

import { windowSamples, type WindowedDataset } from '../data/windows.js';
import { channelFeatures, correlationOf } from './channel-features.js';
import { unityRoots, type UnityRoots } from './power-spectrum.js';

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
  const roots = unityRoots(length);
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

function featuresOf(signals: Signals, roots: UnityRoots): readonly number[] {
  const correlations = signals.flatMap((signal, place) =>
    signals.slice(place + 1).map((other) => correlationOf(signal, other)),
  );
  return [...signals.flatMap((signal) => channelFeatures(signal, roots)), ...correlations];
}
