/**
 * Keeps a few labelled windows of many, to measure accuracy where labels are expensive. Tang et al. 2021 compare
 * methods at 2 to 100 labelled windows of each activity.
 */

import { InvalidInput } from '../errors.js';
import { createRng, shuffledIndices } from '../math/random.js';
import type { SensorRecording } from './recording.js';
import { selectWindows, windowCount, windowSamples, type WindowedDataset } from './windows.js';

export interface LabelBudget {
  /** Maximum number of windows of each activity. */
  readonly perClass: number;
  /** In the order of the columns of the labels. */
  readonly activities: readonly string[];
  /** Seed of the random choice of windows. */
  readonly seed: number;
}

/**
 * At most `perClass` windows of each activity, in their original order, drawn at random without regard to people. The
 * same seed draws the same windows, whatever the order of people and recordings, so that methods can be compared on
 * them; the windows of a smaller budget are a subset of those of a larger one.
 *
 * @param dataset - With one-hot labels, shape [window, class].
 * @throws InvalidInput naming each activity that has no window.
 */
export function withinLabelBudget(dataset: WindowedDataset, budget: LabelBudget): WindowedDataset {
  const byActivity = windowsByActivity(dataset, budget.activities);
  const rng = createRng(budget.seed).fork('label-budget');
  const kept = [...byActivity].flatMap(([activity, windows]) => {
    const sorted = windows.toSorted((one, other) => comparePlaces(dataset, one, other));
    const order = shuffledIndices(sorted.length, rng.fork(activity));
    return Array.from(order.subarray(0, budget.perClass), (place) => sorted[place]!);
  });
  return selectWindows(dataset, Uint32Array.from(kept).sort());
}

function windowsByActivity(
  dataset: WindowedDataset,
  activities: readonly string[],
): ReadonlyMap<string, readonly number[]> {
  const windows = new Map<string, number[]>(activities.map((activity) => [activity, []]));
  for (let window = 0; window < windowCount(dataset); window++) {
    const row = dataset.labels!.subarray(window * activities.length, (window + 1) * activities.length);
    windows.get(activities[row.indexOf(1)]!)!.push(window);
  }
  const missing = activities.filter((activity) => windows.get(activity)!.length === 0);
  if (missing.length > 0) {
    const message = `expected labelled windows of every activity, found a class with no training window: ${missing.join(', ')}`;
    throw new InvalidInput('labelled people', [{ path: '', message }]);
  }
  return windows;
}

/** Orders windows by person, recording and time. */
function comparePlaces({ recordings, recordingOf, startOf }: WindowedDataset, one: number, other: number): number {
  const [first, second] = [recordings[recordingOf[one]!]!, recordings[recordingOf[other]!]!];
  return (
    compareTexts(first.subject, second.subject) ||
    compareTexts(first.source, second.source) ||
    startOf[one]! - startOf[other]!
  );
}

/** Compares by code units, which does not depend on the locale. */
function compareTexts(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

/** Each window as a recording of its own, without the samples between windows. Samples are copied. */
export function windowRecordings(dataset: WindowedDataset): readonly SensorRecording[] {
  const { length } = dataset.shape;
  return Array.from(dataset.startOf, (start, window): SensorRecording => {
    const recording = dataset.recordings[dataset.recordingOf[window]!]!;
    const { labels } = recording;
    return {
      ...recording,
      samples: windowSamples(dataset, window).slice(),
      ...(labels && { labels: { ...labels, ofSample: labels.ofSample.slice(start, start + length) } }),
    };
  });
}
