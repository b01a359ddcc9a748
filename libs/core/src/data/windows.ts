/**
 * Sliding windows as views of recordings: a window is a position in a recording, and its samples are copied only into
 * batches.
 */

import { InvalidInput } from '../errors.js';
import { axesOf, type Axes } from '../inputs/axes.js';
import { inputCount, writeInputs } from '../inputs/window-inputs.js';
import { NO_ACTIVITY, timeSteps, type SensorRecording } from './recording.js';

/** The shape of each window of a dataset. */
export interface WindowShape {
  /** Number of time steps. */
  readonly length: number;
  readonly channels: number;
  /** Which channels are the axes of acceleration; if absent and there are three channels, these are the axes. */
  readonly axes?: Axes;
}

/**
 * Windows of equal shape over a set of recordings. Overlapping windows share their samples, so a hundred thousand
 * windows take the memory of the recordings and eight bytes per window.
 */
export interface WindowedDataset {
  readonly shape: WindowShape;
  readonly recordings: readonly SensorRecording[];
  /** Index into `recordings`, shape [window]. */
  readonly recordingOf: Uint32Array;
  /** First time step within the recording, shape [window]. */
  readonly startOf: Uint32Array;
  /** Shape [window, class]; rows sum to 1 (soft labels) or hold a single 1. Absent where unlabelled. */
  readonly labels?: Float32Array;
}

/** How recordings are cut into windows. */
export interface WindowPlan {
  /** Number of time steps of a window. */
  readonly length: number;
  /** Number of time steps between the starts of two windows. */
  readonly step: number;
}

/** Number of windows in a dataset. */
export function windowCount(dataset: WindowedDataset): number {
  return dataset.startOf.length;
}

/**
 * All windows that fit into the recordings, without labels. No window extends over two recordings. Recordings shorter
 * than a window have none.
 *
 * @throws InvalidInput when the recordings differ in their channels, or the plan is not in whole steps of at least 1.
 */
export function slideWindows(recordings: readonly SensorRecording[], plan: WindowPlan): WindowedDataset {
  checkPlan(plan);
  checkChannels(recordings);
  const recordingOf: number[] = [];
  const startOf: number[] = [];
  recordings.forEach((recording, index) => {
    const last = timeSteps(recording) - plan.length;
    for (let start = 0; start <= last; start += plan.step) {
      recordingOf.push(index);
      startOf.push(start);
    }
  });
  const channels = recordings[0]?.channels ?? [];
  const axes = axesOf(channels);
  return {
    shape: { length: plan.length, channels: channels.length, ...(axes && { axes }) },
    recordings,
    recordingOf: Uint32Array.from(recordingOf),
    startOf: Uint32Array.from(startOf),
  };
}

/** A step of 0 would never end, and a fractional one would cut windows between samples. */
function checkPlan(plan: WindowPlan): void {
  const issues = (['length', 'step'] as const)
    .filter((key) => !(Number.isSafeInteger(plan[key]) && plan[key] >= 1))
    .map((key) => ({ path: key, message: `expected a whole number of at least 1, found ${plan[key]}` }));
  if (issues.length > 0) {
    throw new InvalidInput('windows', issues);
  }
}

function checkChannels(recordings: readonly SensorRecording[]): void {
  const expected = recordings[0]?.channels.join(', ');
  const other = recordings.find(({ channels }) => channels.join(', ') !== expected);
  if (other) {
    const message = `expected ${expected ?? ''} as in ${recordings[0]!.source}, found ${other.channels.join(', ')}`;
    throw new InvalidInput(other.source, [{ path: 'channels', message }]);
  }
}

/**
 * The labelled windows of the recordings: a window's activity is the one that most of its samples carry (the first in
 * `activities` on a tie); windows with more samples of no activity than of that one are left out. Labels are one-hot
 * rows.
 */
export function slideLabelledWindows(
  recordings: readonly SensorRecording[],
  plan: WindowPlan,
  activities: readonly string[],
): WindowedDataset {
  const all = slideWindows(recordings, plan);
  const activityOf = Int32Array.from(all.startOf, (start, window) =>
    majorityActivity(recordings[all.recordingOf[window]!]!, start, plan.length, activities),
  );
  const labelled = Uint32Array.from(activityOf.keys()).filter((window) => activityOf[window]! >= 0);
  const labels = new Float32Array(labelled.length * activities.length);
  labelled.forEach((window, row) => {
    labels[row * activities.length + activityOf[window]!] = 1;
  });
  return { ...selectWindows(all, labelled), labels };
}

/** Index of the activity that most samples carry, or -1 where more samples carry none of them. */
function majorityActivity(
  recording: SensorRecording,
  start: number,
  length: number,
  activities: readonly string[],
): number {
  const votes = new Uint32Array(activities.length);
  let unlabelled = 0;
  const place = (recording.labels?.names ?? []).map((name) => activities.indexOf(name));
  for (let time = start; time < start + length; time++) {
    const label = recording.labels?.ofSample[time] ?? NO_ACTIVITY;
    const activity = label === NO_ACTIVITY ? -1 : place[label]!;
    if (activity < 0) {
      unlabelled++;
    } else {
      votes[activity]!++;
    }
  }
  const most = Math.max(...votes);
  return most >= unlabelled && most > 0 ? votes.indexOf(most) : -1;
}

/**
 * The windows with the given indices, in that order; samples are shared.
 *
 * @throws RangeError for an index that no window has
 */
export function selectWindows(dataset: WindowedDataset, indices: Uint32Array): WindowedDataset {
  const { labels, ...rest } = dataset;
  const count = windowCount(dataset);
  const outside = indices.find((index) => index >= count);
  if (outside !== undefined) {
    throw new RangeError(`Expected indices of windows from 0 to ${count - 1}, found ${outside}`);
  }
  const selected = {
    ...rest,
    recordingOf: indices.map((index) => dataset.recordingOf[index]!),
    startOf: indices.map((index) => dataset.startOf[index]!),
  };
  if (!labels) {
    return selected;
  }
  const classes = labels.length / count;
  const rows = new Float32Array(indices.length * classes);
  indices.forEach((index, row) => {
    rows.set(labels.subarray(index * classes, (index + 1) * classes), row * classes);
  });
  return { ...selected, labels: rows };
}

/** The samples of one window, shape [time, channel]: a view, not a copy. */
export function windowSamples(dataset: WindowedDataset, window: number): Float32Array {
  const { length, channels } = dataset.shape;
  const first = dataset.startOf[window]! * channels;
  return dataset.recordings[dataset.recordingOf[window]!]!.samples.subarray(first, first + length * channels);
}

/** The shape [time, input] of a network's inputs for each of these windows. */
export function inputShape({ shape, recordings }: WindowedDataset): WindowShape {
  const [recording] = recordings;
  return { length: shape.length, channels: recording ? inputCount(recording) : shape.channels };
}

/**
 * Writes the network's inputs for one window over `into`, shape [time, input].
 *
 * @param samples - Shape [time, channel]; by default the window's own samples, else a transformed version of them
 */
export function writeWindowInputs(
  dataset: WindowedDataset,
  window: number,
  into: Float32Array,
  samples: Float32Array = windowSamples(dataset, window),
): void {
  writeInputs(samples, dataset.recordings[dataset.recordingOf[window]!]!, into);
}
