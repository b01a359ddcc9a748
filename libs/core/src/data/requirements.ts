/** What a study requires of recordings: the channels that it names, and no other activities than its own. */

import { InvalidInput, type Issue } from '../errors.js';
import { didYouMean } from '../input-text.js';
import { NO_ACTIVITY, type ActivityLabels } from './recording.js';

/** The properties that raw and resampled recordings share. */
interface Sampled {
  readonly source: string;
  readonly channels: readonly string[];
  /** Shape [time, channel]. */
  readonly samples: Float32Array;
}

/**
 * The recording with only these channels, in this order; the same object where it already has exactly them.
 *
 * @throws InvalidInput naming the file and each missing channel, with the channels that exist.
 */
export function pickChannels<Recording extends Sampled>(recording: Recording, channels: readonly string[]): Recording {
  const { channels: there, samples, source } = recording;
  const places = channels.map((name) => there.indexOf(name));
  const missing = channels.filter((_, index) => places[index] === -1);
  if (missing.length > 0) {
    throw new InvalidInput(
      source,
      missing.map((name) => ({
        path: 'channels',
        message: `expected a channel "${name}", found ${there.join(', ')}${didYouMean(name, there)}`,
      })),
    );
  }
  if (channels.length === there.length && places.every((place, index) => place === index)) {
    return recording;
  }
  const steps = samples.length / there.length;
  const picked = new Float32Array(steps * channels.length);
  for (let time = 0; time < steps; time++) {
    places.forEach((place, channel) => {
      picked[time * channels.length + channel] = samples[time * there.length + place]!;
    });
  }
  return { ...recording, channels, samples: picked };
}

/** The properties that raw and resampled recordings share. */
interface Labelled {
  readonly source: string;
  readonly labels?: ActivityLabels;
}

/**
 * Passes when each labelled sample's activity is one of `activities`.
 *
 * @param others - What the study does with other activities: `unlabelled` accepts them, as windows will leave them out.
 * @throws InvalidInput with an issue for each other activity: the first file that has it, how many more files do, the
 *   activities of the study and the nearest of them.
 */
export function checkActivities(
  recordings: Iterable<Labelled>,
  activities: readonly string[],
  others: 'refuse' | 'unlabelled',
): void {
  if (others === 'unlabelled') {
    return;
  }
  const filesWith = new Map<string, string[]>();
  for (const { source, labels } of recordings) {
    for (const name of usedActivities(labels)) {
      if (!activities.includes(name)) {
        filesWith.set(name, [...(filesWith.get(name) ?? []), source]);
      }
    }
  }
  if (filesWith.size > 0) {
    throw new InvalidInput(
      'activities',
      [...filesWith].map(([name, files]) => unknownActivity(name, files, activities)),
    );
  }
}

/** Names that at least one sample carries, in the order of `labels.names`. */
export function usedActivities(labels: ActivityLabels | undefined): readonly string[] {
  const used = new Set(labels?.ofSample);
  used.delete(NO_ACTIVITY);
  return (labels?.names ?? []).filter((_, index) => used.has(index));
}

function unknownActivity(name: string, files: readonly string[], activities: readonly string[]): Issue {
  const others = files.length > 1 ? ` (and in ${files.length - 1} more)` : '';
  return {
    path: files[0]!,
    message: `expected one of ${activities.join(', ')}; found "${name}"${others}${didYouMean(name, activities)}`,
  };
}
