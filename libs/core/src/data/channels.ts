/** Selection of a recording's channels by name. */

import { InvalidInput } from '../errors.js';
import { didYouMean } from '../nearest-name.js';

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
