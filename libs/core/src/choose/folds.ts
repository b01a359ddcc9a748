/** Splits of the labelled recordings into folds, each held out once. */

import { windowRecordings } from '../data/label-budget.js';
import type { SensorRecording } from '../data/recording.js';
import { selectWindows, windowCount, type WindowedDataset } from '../data/windows.js';
import { type Rng, shuffledIndices } from '../math/random.js';
import { trueClasses } from '../train/loop/evaluate.js';

export interface Fold {
  /** Who is held out, as text: `2`, `2, 5` or `2 (first half)`. */
  readonly heldOut: string;
  readonly training: readonly SensorRecording[];
  readonly validation: readonly SensorRecording[];
}

/**
 * Holds each person out once, in random groups where there are more people than folds.
 *
 * @param people - People who have labelled windows
 */
export function foldsOfPeople(
  recordings: readonly SensorRecording[],
  people: readonly string[],
  most: number,
  rng: Rng,
): readonly Fold[] {
  const count = Math.min(most, people.length);
  const order = people.length > count ? Array.from(shuffledIndices(people.length, rng)) : [...people.keys()];
  return Array.from({ length: count }, (_, fold) => {
    const group = people.filter((_person, index) => order.indexOf(index) % count === fold);
    return {
      heldOut: group.join(', '),
      training: recordings.filter(({ subject }) => !group.includes(subject)),
      validation: recordings.filter(({ subject }) => group.includes(subject)),
    };
  });
}

/**
 * One person's windows in halves, each held out once. Of each activity, every other recording belongs to the same half;
 * where it has only one recording, the halves are its first part and its second, without windows that overlap the
 * first.
 *
 * @param windows - With one-hot labels
 */
export function foldsOfHalves(person: string, windows: WindowedDataset, classes: number): readonly Fold[] {
  const half = halfOf(windows, classes);
  const recordingsOf = (wanted: number): readonly SensorRecording[] =>
    windowRecordings(
      selectWindows(
        windows,
        Uint32Array.from(half.keys()).filter((window) => half[window] === wanted),
      ),
    );
  const [first, second] = [recordingsOf(0), recordingsOf(1)];
  return [
    { heldOut: `${person} (first half)`, training: second, validation: first },
    { heldOut: `${person} (second half)`, training: first, validation: second },
  ].filter(({ training, validation }) => training.length > 0 && validation.length > 0);
}

/** The half of each window, 0 or 1, or -1 where it is in neither; shape [window]. */
function halfOf(windows: WindowedDataset, classes: number): Int8Array {
  const half = new Int8Array(windowCount(windows)).fill(-1);
  for (const ofRecordings of windowsByActivity(windows, classes)) {
    const groups = [...ofRecordings.values()];
    groups.forEach((group, place) => {
      group.forEach((window, position) => {
        half[window] = groups.length > 1 ? place % 2 : partOf(position, group, windows);
      });
    });
  }
  return half;
}

/** The windows of each activity, grouped by recording, in their original order. */
function windowsByActivity(windows: WindowedDataset, classes: number): readonly ReadonlyMap<number, number[]>[] {
  const byActivity = Array.from({ length: classes }, () => new Map<number, number[]>());
  trueClasses(windows.labels!, classes).forEach((ofClass, window) => {
    const recording = windows.recordingOf[window]!;
    const group = byActivity[ofClass]!.get(recording) ?? [];
    group.push(window);
    byActivity[ofClass]!.set(recording, group);
  });
  return byActivity;
}

/** The half of a window of an activity's only recording: windows in different halves do not overlap. */
function partOf(position: number, group: readonly number[], { startOf, shape }: WindowedDataset): number {
  const middle = Math.ceil(group.length / 2);
  if (position < middle) {
    return 0;
  }
  return startOf[group[position]!]! >= startOf[group[middle - 1]!]! + shape.length ? 1 : -1;
}
