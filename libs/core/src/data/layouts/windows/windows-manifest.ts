/** The manifest of windows that are already cut, whose samples, activities and people lie in arrays of their own. */

import { z } from 'zod';
import { InvalidInput, type Issue } from '../../../errors.js';
import { parseInput } from '../../../parse-input.js';
import { accelerationUnits, type AccelerationUnit } from '../../recording.js';
import type { ActivityNames } from '../csv-manifest.js';

/** An array with one value, or one row, for each window. */
export type ArrayPlace =
  | string
  | {
      /** Path of the file, relative to the manifest. */
      readonly file: string;
      /** Name of the array, where the file holds several. */
      readonly array?: string;
      /** Number of a column of the array, from 1 on. */
      readonly column?: number;
    };

/** The order of the axes of an array of all samples. */
const axesOrders = ['window, time, channel', 'window, channel, time'] as const;

/**
 * Describes windows that are already cut. In paths, a `**` and a `/` at the beginning stand for any number of folders,
 * and `{set}` for each of the sets.
 *
 * @example
 * ```yaml
 * windows: { length: 128, samples: X.npy, person: subject.npy, activity: y.npy }
 * rateHz: 50
 * unit: g
 * channels: { x: 1, y: 2, z: 3 } # the study's name: the place along the axis of channels
 * ```
 */
export interface WindowsManifest {
  readonly windows: {
    /** Number of samples of a window. */
    readonly length: number;
    /** What `{set}` in paths stands for: `[train, test]`. */
    readonly sets?: readonly string[];
    /** All samples; absent where each channel has an array [window, time]. */
    readonly samples?: ArrayPlace;
    /** Order of the axes of `samples`, of which the last two may be one; `window, time, channel` by default. */
    readonly axes?: (typeof axesOrders)[number];
    readonly person: ArrayPlace | { readonly constant: string };
    readonly activity?: ArrayPlace;
  };
  readonly rateHz: number;
  readonly unit: AccelerationUnit | { readonly countsPerG: number };
  /** The study's name of each channel, and its place along the axis of channels, or its own array. */
  readonly channels: Readonly<Record<string, number | ArrayPlace>>;
  /** The study's name of each value of the activity; null is unlabelled. */
  readonly names?: ActivityNames;
}

const name = z.string().min(1);
const place = z.union([
  name,
  z.strictObject({ file: name, array: name.exactOptional(), column: z.int().positive().exactOptional() }),
]);
const constant = z.strictObject({ constant: z.union([name, z.int().min(0).transform(String)]) });

const schema: z.ZodType<WindowsManifest> = z.strictObject({
  windows: z.strictObject({
    length: z.int().min(2),
    sets: z.array(name).min(1).exactOptional(),
    samples: place.exactOptional(),
    axes: z.enum(axesOrders).exactOptional(),
    person: z.union([place, constant]),
    activity: place.exactOptional(),
  }),
  rateHz: z.number().positive(),
  unit: z.union([z.enum(accelerationUnits), z.strictObject({ countsPerG: z.number().positive() })]),
  channels: z.record(name, z.union([z.int().positive(), place])),
  names: z.record(name, z.union([name, z.null()])).exactOptional(),
});

/**
 * Reads a manifest of windows.
 *
 * @param data - The parsed content of the YAML file.
 * @param source - The file, for messages.
 * @throws InvalidInput with every issue and its path in the manifest.
 */
export function parseWindowsManifest(data: unknown, source: string): WindowsManifest {
  const manifest = parseInput(schema, data, source);
  const issues = issuesOf(manifest);
  if (issues.length > 0) {
    throw new InvalidInput(source, issues);
  }
  return manifest;
}

function issuesOf({ windows, channels }: WindowsManifest): readonly Issue[] {
  const isNumbered = windows.samples !== undefined;
  const wrong = Object.entries(channels).filter(([, channel]) => (typeof channel === 'number') !== isNumbered);
  const expected = isNumbered ? 'a place along the axis of channels' : 'an array of its own, or windows.samples';
  return [
    ...wrong.map(([channel]) => ({ path: `channels.${channel}`, message: `expected ${expected}` })),
    ...(Object.keys(channels).length === 0 ? [{ path: 'channels', message: 'expected at least one, found none' }] : []),
  ];
}

/** The file of an array. */
export function fileOf(written: ArrayPlace): string {
  return typeof written === 'string' ? written : written.file;
}
