/** Which of the labelled recordings are held out at a time. */

import { windowRecordings } from '../data/label-budget.js';
import type { SensorRecording } from '../data/recording.js';
import { selectWindows, windowCount, type WindowedDataset } from '../data/windows.js';
import type { Rng } from '../math/random.js';
import { shuffledIndices } from '../math/shuffle.js';
import { trueClasses } from '../train/loop/evaluate.js';

export interface Fold {
  /** Who is held out, in words: `2`, `2, 5` or `2 (first half)`. */
  readonly heldOut: string;
  readonly training: readonly SensorRecording[];
  readonly validation: readonly SensorRecording[];
}

/**
 * Each person held out once, in groups that are drawn where people are more than folds.
 *
 * @param people - Those who have labelled windows
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
 * One person's windows in halves, each held out once: of each activity every other recording; where it has one recording
 * alone, its first part and, without the windows that reach into that, its second.
 *
 * @param windows - With labels, one-hot
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

/** [window]; 0 or 1, or -1 where it is in neither. */
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

/** Of each activity its windows by recording, in the order in which they stand. */
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

/** Where a window of a single recording lies: windows that overlap are not on two sides. */
function partOf(position: number, group: readonly number[], { startOf, shape }: WindowedDataset): number {
  const middle = Math.ceil(group.length / 2);
  if (position < middle) {
    return 0;
  }
  return startOf[group[position]!]! >= startOf[group[middle - 1]!]! + shape.length ? 1 : -1;
}
