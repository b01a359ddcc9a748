/** The normalisation that brings channels to mean 0 and standard deviation 1, by the statistics of a set of people. */

import { InvalidInput } from '../errors.js';
import type { Normalisation } from '../inputs/input-spec.js';
import { inNaturalOrder } from '../natural-order.js';
import { channelStatistics, type ChannelStatistics } from './channel-statistics.js';
import type { SensorRecording } from './recording.js';

/**
 * The normalisation that these recordings call for, each sample counting the same.
 *
 * @throws InvalidInput when there is no sample, or when a channel never changes: dividing by its deviation of 0 would
 *   make NaN of it, and a dead sensor is nothing to learn from. Names the channel and the people.
 */
export function normalisationOf(recordings: readonly SensorRecording[]): Normalisation {
  const people = [...new Set(recordings.map(({ subject }) => subject))];
  return normalisationFrom(channelStatistics(recordings), people);
}

/**
 * The normalisation from statistics that were taken, and perhaps merged, elsewhere.
 *
 * @param people - Whom the statistics are of, for messages.
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
