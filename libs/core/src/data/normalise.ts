/**
 * The normalisation that brings channels to mean 0 and standard deviation 1, from the recordings of a set of people:
 * the mean and spread of each channel, in parts that can be merged in any order (Chan, Golub, LeVeque 1979).
 */

import { InvalidInput } from '../errors.js';
import type { Normalisation } from '../inputs/window-inputs.js';
import { inNaturalOrder } from '../natural-order.js';
import { timeSteps, type SensorRecording } from './recording.js';

/** Plain JSON data; reveals nothing about single samples. */
export interface ChannelStatistics {
  readonly channels: readonly string[];
  /** Number of samples of each channel. */
  readonly count: number;
  /** Shape [channel]. */
  readonly mean: readonly number[];
  /** Sum of squared deviations from the mean, shape [channel]. */
  readonly squaredDeviations: readonly number[];
}

/** Statistics of all samples of the recordings, which must have the same channels. Sums are computed in Float64. */
export function channelStatistics(recordings: readonly SensorRecording[]): ChannelStatistics {
  return mergeStatistics(recordings.map(statisticsOf));
}

/** Statistics of all the data that the parts were computed from. */
export function mergeStatistics(parts: readonly ChannelStatistics[]): ChannelStatistics {
  return parts.reduce(mergeTwo, { channels: parts[0]?.channels ?? [], count: 0, mean: [], squaredDeviations: [] });
}

/** Sums are of differences from the first sample, so that a constant channel has a spread of exactly 0. */
function statisticsOf(recording: SensorRecording): ChannelStatistics {
  const { channels, samples } = recording;
  const count = timeSteps(recording);
  const mean = channels.map((_, channel) => {
    const shift = samples[channel] ?? 0;
    let sum = 0;
    for (let at = channel; at < samples.length; at += channels.length) {
      sum += samples[at]! - shift;
    }
    return count === 0 ? 0 : shift + sum / count;
  });
  const squaredDeviations = channels.map((_, channel) => {
    let sum = 0;
    for (let at = channel; at < samples.length; at += channels.length) {
      sum += (samples[at]! - mean[channel]!) ** 2;
    }
    return sum;
  });
  return { channels, count, mean, squaredDeviations };
}

function mergeTwo(a: ChannelStatistics, b: ChannelStatistics): ChannelStatistics {
  if (a.count === 0 || b.count === 0) {
    return a.count === 0 ? b : a;
  }
  const count = a.count + b.count;
  const apart = a.mean.map((mean, channel) => b.mean[channel]! - mean);
  return {
    channels: a.channels,
    count,
    mean: a.mean.map((mean, channel) => mean + (apart[channel]! * b.count) / count),
    squaredDeviations: a.squaredDeviations.map(
      (sum, channel) => sum + b.squaredDeviations[channel]! + (apart[channel]! ** 2 * a.count * b.count) / count,
    ),
  };
}

/**
 * The normalisation for these recordings, in which each sample counts the same.
 *
 * @throws InvalidInput when there is no sample, or when a channel is constant: dividing by its deviation of 0 would
 *   give NaN, and nothing can be learned from a dead sensor. Names the channel and the people.
 */
export function normalisationOf(recordings: readonly SensorRecording[]): Normalisation {
  const people = [...new Set(recordings.map(({ subject }) => subject))];
  return normalisationFrom(channelStatistics(recordings), people);
}

/**
 * The normalisation from statistics that were computed, and perhaps merged, elsewhere.
 *
 * @param people - The people whom the statistics describe, for messages.
 * @throws InvalidInput as {@link normalisationOf}.
 */
export function normalisationFrom(statistics: ChannelStatistics, people: readonly string[]): Normalisation {
  const { channels, count, mean, squaredDeviations } = statistics;
  if (count === 0) {
    throw new InvalidInput('normalisation', [{ path: '', message: 'expected recordings with samples, found none' }]);
  }
  const constant = channels.flatMap((name, channel) =>
    squaredDeviations[channel] === 0
      ? [{ path: `channel "${name}"`, message: constantMessage(mean[channel]!, people) }]
      : [],
  );
  if (constant.length > 0) {
    throw new InvalidInput('normalisation', constant);
  }
  return { mean, standardDeviation: squaredDeviations.map((sum) => Math.sqrt(sum / count)) };
}

function constantMessage(value: number, people: readonly string[]): string {
  const who = people.length === 1 ? `person ${people[0]!}` : `people ${inNaturalOrder(people).join(', ')}`;
  return `expected values that change, found ${value} in every sample of ${who}`;
}
