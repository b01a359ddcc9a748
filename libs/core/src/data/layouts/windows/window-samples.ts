/** Reads the samples of windows from their arrays. */

import { InvalidInput } from '../../../errors.js';
import { gPerUnit } from '../../recording.js';
import { arrayText, type NamedArray } from '../arrays/named-array.js';
import { MANIFEST_FILE } from '../csv-manifest.js';
import type { ArrayPlace, WindowsManifest } from './windows-manifest.js';

/** An array, and the file that it lies in. */
export type FoundArray = NamedArray & { readonly source: string };

/** @throws InvalidInput about a whole file */
export function refuseArray(source: string, expected: string, found: string): never {
  throw new InvalidInput(source, [{ path: '', message: `expected ${expected}, found ${found}` }]);
}

/** Reads windows. */
interface WindowSamples {
  /** Number of windows. */
  readonly count: number;
  /** Writes the samples of a window in g, shape [time, channel]. */
  write(window: number, into: Float32Array): void;
}

/**
 * The samples of the windows that a manifest describes.
 *
 * @throws InvalidInput where arrays have other shapes; its `write`, where a sample is no finite number.
 */
export function windowSamples(
  { windows, channels, unit }: WindowsManifest,
  arrayAt: (place: ArrayPlace) => FoundArray,
): WindowSamples {
  const { length, samples, axes } = windows;
  const factor = typeof unit === 'string' ? gPerUnit[unit] : 1 / unit.countsPerG;
  const readers = Object.entries(channels).map(([, channel]) =>
    typeof channel === 'number' && samples !== undefined
      ? channelReader(arrayAt(samples), { length, channel, isTimeLast: axes === 'window, channel, time' })
      : channelReader(arrayAt(channel as ArrayPlace), { length, channel: 1, isTimeLast: true }),
  );
  const counts = [...new Set(readers.map(({ count }) => count))];
  const [count = 0] = counts;
  if (counts.length > 1) {
    refuseArray(MANIFEST_FILE, 'as many windows in each channel', counts.join(' and '));
  }
  return {
    count,
    write: (window, into) => {
      readers.forEach((reader, channel) => {
        for (let time = 0; time < length; time++) {
          const value = reader.valueAt(window, time);
          if (!Number.isFinite(value)) {
            refuseArray(reader.source, 'numbers', `${value} in window ${window + 1}, sample ${time + 1}`);
          }
          into[time * readers.length + channel] = value * factor;
        }
      });
    },
  };
}

interface ChannelReader {
  readonly count: number;
  readonly source: string;
  valueAt(window: number, time: number): number;
}

/** Arrays [window, time, channel], [window, channel, time], or with the last two axes as one, or [window, time]. */
function channelReader(
  array: FoundArray,
  { length, channel, isTimeLast }: { readonly length: number; readonly channel: number; readonly isTimeLast: boolean },
): ChannelReader {
  const { shape, values, source } = array;
  const [count = 0, ...inner] = shape;
  const width = inner.reduce((product, size) => product * size, 1);
  const channels = width / length;
  const fits = inner.length === 1 || (inner.length === 2 && inner[isTimeLast ? 1 : 0] === length);
  if (!fits || !Number.isInteger(channels) || channel > channels) {
    refuseArray(source, `windows of ${length} samples and at least ${channel} channels`, arrayText(array));
  }
  const [ofTime, ofChannel] = isTimeLast ? [1, length] : [channels, 1];
  return {
    count,
    source,
    valueAt: (window, time) => Number(values[window * width + time * ofTime + (channel - 1) * ofChannel]),
  };
}
