/**
 * A few labelled windows of many, for figures where labels are dear. Tang et al. 2021 compare methods at 2 to 100
 * labelled windows of each activity.
 */

import { InvalidInput } from '../errors.js';
import type { Rng } from '../math/random.js';
import { shuffledIndices } from '../math/shuffle.js';
import type { SensorRecording } from './recording.js';
import { selectWindows, windowCount, windowSamples, type WindowedDataset } from './windows.js';

export interface LabelBudget {
  /** At most so many windows of each activity. */
  readonly perClass: number;
  /** In the order of the labels' columns. */
  readonly activities: readonly string[];
  readonly rng: Rng;
}

/**
 * At most `perClass` windows of each activity, in the order in which they stand, spread over people as chance has it.
 * With the same `rng` a smaller budget keeps a part of what a larger one keeps.
 *
 * @param dataset - Labels of one activity each, [window, class].
 * @throws InvalidInput naming each activity that no window shows.
 */
export function withinLabelBudget(dataset: WindowedDataset, budget: LabelBudget): WindowedDataset {
  const byActivity = windowsByActivity(dataset, budget.activities);
  const kept = [...byActivity].flatMap(([activity, windows]) => {
    const order = shuffledIndices(windows.length, budget.rng.fork(activity));
    return Array.from(order.subarray(0, budget.perClass), (place) => windows[place]!);
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

/** Each window as a recording of its own, so that nothing is left of what lay between them. Samples are copied. */
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
