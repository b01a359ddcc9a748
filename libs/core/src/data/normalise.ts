/**
 * The normalisation that brings channels to mean 0 and standard deviation 1, computed from the recordings of a set of
 * people.
 */

import { InvalidInput } from '../errors.js';
import type { Normalisation } from '../inputs/input-spec.js';
import { inNaturalOrder } from '../natural-order.js';
import { channelStatistics, type ChannelStatistics } from './channel-statistics.js';
import type { SensorRecording } from './recording.js';

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
