/** Windows as rows of features, for models that do not learn features themselves. */

import { windowCount, windowSamples, type WindowedDataset } from '../data/windows.js';
import { CHANNEL_FEATURES, channelFeatures, correlationOf } from './channel-features.js';

/** Number of features of a window: those of each channel, and a correlation for each pair of channels. */
export function featureCount(channels: number): number {
  return CHANNEL_FEATURES * channels + (channels * (channels - 1)) / 2;
}

/** [window, feature] of all windows. */
export function windowFeatures(windows: WindowedDataset): Float64Array {
  const features = featureCount(windows.shape.channels);
  const rows = new Float64Array(windowCount(windows) * features);
  for (let window = 0; window < windowCount(windows); window++) {
    rows.set(featuresOf(windowSamples(windows, window), windows.shape.channels), window * features);
  }
  return rows;
}

/** @param samples - [time, channel] */
function featuresOf(samples: Float32Array, channels: number): readonly number[] {
  const signals = Array.from({ length: channels }, (_, channel) =>
    Float64Array.from({ length: samples.length / channels }, (_unused, time) => samples[time * channels + channel]!),
  );
  const correlations = signals.flatMap((signal, channel) =>
    signals.slice(channel + 1).map((other) => correlationOf(signal, other)),
  );
  return [...signals.flatMap(channelFeatures), ...correlations];
}
