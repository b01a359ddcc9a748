/** Sliding windows as views on recordings: a window is a place in a recording, its samples are copied by the batch. */

import { InvalidInput } from '../errors.js';
import { axesOf, type Axes } from '../inputs/axes.js';
import { inputCount, writeInputs } from '../inputs/window-inputs.js';
import { NO_ACTIVITY, timeSteps, type SensorRecording } from './recording.js';

export interface WindowShape {
  /** Time steps. */
  readonly length: number;
  readonly channels: number;
  /** Which channels are the axes of acceleration; the channels themselves where it is absent and there are three. */
  readonly axes?: Axes;
}

/**
 * Windows of equal shape over a set of recordings. Overlapping windows share their samples, so a hundred thousand
 * windows take the memory of the recordings and eight bytes each.
 */
export interface WindowedDataset {
  readonly shape: WindowShape;
  readonly recordings: readonly SensorRecording[];
  /** [window]; index into `recordings`. */
  readonly recordingOf: Uint32Array;
  /** [window]; first time step within the recording. */
  readonly startOf: Uint32Array;
  /** [window, class]; rows sum to 1 (soft labels) or hold a single 1. Absent: unlabelled. */
  readonly labels?: Float32Array;
}

export interface WindowPlan {
  /** Time steps of a window. */
  readonly length: number;
  /** Time steps between the starts of two windows. */
  readonly step: number;
}

/** Number of windows in a dataset. */
export function windowCount(dataset: WindowedDataset): number {
  return dataset.startOf.length;
}

/**
 * All windows that fit into the recordings, without labels. No window crosses from one recording into another.
 * Recordings shorter than a window give none.
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

/** A step of 0 would never end, a broken one would cut windows between samples. */
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
 * The labelled windows of the recordings: a window's activity is the one most of its samples carry (the first in
 * `activities` on a tie); windows whose majority carries none are left out. Labels are one-hot rows.
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

/** Index into `activities` that most samples carry, or -1 where no label has the majority. */
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

/** The samples of one window, [time, channel]: a view, not a copy. */
export function windowSamples(dataset: WindowedDataset, window: number): Float32Array {
  const { length, channels } = dataset.shape;
  const first = dataset.startOf[window]! * channels;
  return dataset.recordings[dataset.recordingOf[window]!]!.samples.subarray(first, first + length * channels);
}

/** [time, input]; the shape of what a network gets for each of these windows. */
export function inputShape({ shape, recordings }: WindowedDataset): WindowShape {
  const [recording] = recordings;
  return { length: shape.length, channels: recording ? inputCount(recording) : shape.channels };
}

/**
 * Writes over `into` what a network gets for one window, [time, input].
 *
 * @param samples - [time, channel]; the window's own samples where they are left out, else a version of them
 */
export function writeWindowInputs(
  dataset: WindowedDataset,
  window: number,
  into: Float32Array,
  samples: Float32Array = windowSamples(dataset, window),
): void {
  writeInputs(samples, dataset.recordings[dataset.recordingOf[window]!]!, into);
}
