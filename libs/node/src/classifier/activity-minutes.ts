/** How long each person did what, according to a classifier. */

import { mostProbable } from '@gaitway/core/metrics';
import { alignedRows } from '../report/format.js';
import type { PredictedWindows } from './prediction-table.js';

/** Minutes, keyed by activity. */
export type Minutes = Readonly<Record<string, number>>;

export interface PersonMinutes {
  readonly person: string;
  readonly windows: number;
  readonly minutes: Minutes;
  /** Minutes after smoothing; absent where nothing is smoothed. */
  readonly smoothedMinutes?: Minutes;
}

/** The number of windows of each activity, in the order of the activities. */
interface Tally {
  readonly plain: number[];
  readonly smoothed?: number[];
}

export interface MinutesCounter {
  /** Adds the windows of a recording. */
  add(windows: PredictedWindows): void;
  /** Everybody of whom there was a recording, in the order in which they came. */
  people(): readonly PersonMinutes[];
}

/**
 * Counts windows. Each stands for the time up to the next one.
 *
 * @param seconds - Time between the starts of two windows.
 */
export function countMinutes(activities: readonly string[], seconds: number): MinutesCounter {
  const tallies = new Map<string, Tally>();
  const none = (): number[] => activities.map(() => 0);
  const count = (into: number[], rows: Float32Array): void => {
    for (let window = 0; window < rows.length / activities.length; window++) {
      const activity = mostProbable(rows, window, activities.length);
      into[activity] = (into[activity] ?? 0) + 1;
    }
  };
  const minutesOf = (windows: readonly number[]): Minutes =>
    Object.fromEntries(activities.map((activity, index) => [activity, ((windows[index] ?? 0) * seconds) / 60]));
  return {
    add: ({ recording, probabilities, smoothed }) => {
      const tally = tallies.get(recording.subject) ?? { plain: none(), ...(smoothed && { smoothed: none() }) };
      tallies.set(recording.subject, tally);
      count(tally.plain, probabilities);
      if (smoothed && tally.smoothed) {
        count(tally.smoothed, smoothed);
      }
    },
    people: () =>
      [...tallies].map(([person, { plain, smoothed }]) => ({
        person,
        windows: plain.reduce((sum, windows) => sum + windows, 0),
        minutes: minutesOf(plain),
        ...(smoothed && { smoothedMinutes: minutesOf(smoothed) }),
      })),
  };
}

/** A line for each person, and two where their windows were smoothed. */
export function minutesTable(people: readonly PersonMinutes[], activities: readonly string[]): readonly string[] {
  const row = (name: string, minutes: Minutes): readonly string[] => [
    name,
    ...activities.map((activity) => (minutes[activity] ?? 0).toFixed(1)),
  ];
  const rows = people.flatMap(({ person, minutes, smoothedMinutes }) => [
    row(person, minutes),
    ...(smoothedMinutes ? [row(`${person}, smoothed`, smoothedMinutes)] : []),
  ]);
  return alignedRows([['Minutes', ...activities], ...rows]);
}
