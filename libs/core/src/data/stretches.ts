/** Finds the gaps in a recording's clock. */

/** Samples `first` to `end` - 1 follow each other without a gap. */
export interface Stretch {
  readonly first: number;
  readonly end: number;
}

/** A gap is longer than this many median intervals: up to three samples lost in a row are bridged. */
const GAP_INTERVALS = 4;

/**
 * No pause shorter than this is a gap: phones deliver fast samples in bursts, and a step (0.5 s) cannot hide within it.
 */
const GAP_SECONDS = 0.1;

/**
 * The stretches of a recording between its gaps. A gap is an interval of more than four median intervals and of more
 * than 0.1 s: at 20 Hz that is 0.2 s, from 40 Hz on 0.1 s.
 *
 * @param seconds - Time of each sample, ascending.
 */
export function unbrokenStretches(seconds: Float64Array): readonly Stretch[] {
  const longest = Math.max(GAP_INTERVALS * medianInterval(seconds), GAP_SECONDS);
  const stretches: Stretch[] = [];
  let first = 0;
  for (let index = 1; index <= seconds.length; index++) {
    if (index === seconds.length || seconds[index]! - seconds[index - 1]! > longest) {
      stretches.push({ first, end: index });
      first = index;
    }
  }
  return seconds.length === 0 ? [] : stretches;
}

/** Median of the intervals between samples in seconds; 0 where there are none. */
export function medianInterval(seconds: Float64Array): number {
  const intervals = new Float64Array(Math.max(0, seconds.length - 1));
  for (let index = 0; index < intervals.length; index++) {
    intervals[index] = seconds[index + 1]! - seconds[index]!;
  }
  intervals.sort();
  return intervals[Math.floor(intervals.length / 2)] ?? 0;
}
