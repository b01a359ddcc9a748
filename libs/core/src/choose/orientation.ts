/**
 * Whether people carry a sensor the same way round. Mirrored copies of windows help where they do not, and are windows
 * that nobody has where they do; a handful of people tell the two apart better by their gravity than by the figures of
 * folds.
 */

import { NO_ACTIVITY, type SensorRecording, timeSteps } from '../data/recording.js';
import { axesOf } from '../inputs/axes.js';

/** How much the direction of gravity in a sensor's axes differs between people. */
export interface Orientation {
  /**
   * Root mean square, over the activities, of the largest angle between the mean accelerations of two people.
   */
  readonly degrees: number;
  /** Whether that is so little that the sensor must be worn in a fixed orientation. */
  readonly isShared: boolean;
}

/**
 * Of all triples of people of MotionSense, who carry phones loose in their pockets, 2 in 100 differ by less, and none of
 * WISDM 2019 (docs/adr/0013-choose-before-the-study.md).
 */
const SHARED_DEGREES = 17.5;

/** Two people are alike by chance too often. */
const MIN_PEOPLE = 3;

/**
 * In g: where all means are below, gravity was taken out of the acceleration. A single one may be: who changes sides
 * between two recordings has a mean of nothing.
 */
const MIN_GRAVITY = 0.5;

type Vector = readonly [number, number, number];

/**
 * Compares the mean acceleration of each person in each activity.
 *
 * @param recordings - Labelled, in g
 * @returns undefined for fewer than three people, and where the channels have no axes or hold no gravity
 */
export function orientationOf(recordings: readonly SensorRecording[]): Orientation | undefined {
  const people = new Set(recordings.map(({ subject }) => subject));
  const byActivity = [...meansByActivity(recordings).values()].map((means) => [...means.values()]);
  const compared = byActivity.filter((means) => means.length > 1);
  const holdsGravity = compared.some((means) => means.some((mean) => Math.hypot(...mean) >= MIN_GRAVITY));
  if (people.size < MIN_PEOPLE || compared.length === 0 || !holdsGravity) {
    return undefined;
  }
  const angles = compared.map(largestAngle);
  const degrees = Math.sqrt(angles.reduce((sum, angle) => sum + angle ** 2, 0) / angles.length);
  return { degrees, isShared: degrees < SHARED_DEGREES };
}

/** The mean acceleration, by activity and person. */
function meansByActivity(recordings: readonly SensorRecording[]): ReadonlyMap<string, ReadonlyMap<string, Vector>> {
  const sums = new Map<string, Map<string, Float64Array>>();
  for (const recording of recordings) {
    const { channels, samples, labels, subject } = recording;
    const axes = axesOf(channels);
    for (let time = 0; axes && labels && time < timeSteps(recording); time++) {
      const label = labels.ofSample[time]!;
      const activity = label === NO_ACTIVITY ? undefined : labels.names[label];
      if (activity !== undefined) {
        const ofPeople = getOrPut(sums, activity, () => new Map<string, Float64Array>());
        const sum = getOrPut(ofPeople, subject, () => new Float64Array(4));
        for (const [axis, channel] of axes.entries()) {
          sum[axis]! += samples[time * channels.length + channel]!;
        }
        sum[3]!++;
      }
    }
  }
  const meanOf = ([x = 0, y = 0, z = 0, count = 1]: Float64Array): Vector => [x / count, y / count, z / count];
  return new Map(
    [...sums].map(([activity, ofPeople]) => [
      activity,
      new Map([...ofPeople].map(([person, sum]) => [person, meanOf(sum)])),
    ]),
  );
}

function getOrPut<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key) ?? make();
  map.set(key, found);
  return found;
}

/** Of all pairs of vectors, in degrees. */
function largestAngle(vectors: readonly Vector[]): number {
  const angles = vectors.flatMap((one, index) => vectors.slice(0, index).map((other) => angleBetween(one, other)));
  return Math.max(...angles);
}

function angleBetween(a: Vector, b: Vector): number {
  const cosine = (a[0] * b[0] + a[1] * b[1] + a[2] * b[2]) / (Math.hypot(...a) * Math.hypot(...b));
  return (Math.acos(Math.min(1, Math.max(-1, cosine))) * 180) / Math.PI;
}
