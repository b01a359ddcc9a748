/** Puts samples into the order of their times, and gives each its own time. */

import { medianInterval } from '../stretches.js';

/** What can be done with samples that have the same time, in the words of a manifest. */
export const duplicateRules = ['refuse', 'first', 'mean', 'spread'] as const;

export type Duplicates = (typeof duplicateRules)[number];

/** Samples of one recording. */
export interface TimedSamples {
  /** Shape [time, channel], row-major. */
  readonly samples: Float32Array;
  /** Shape [time]. */
  readonly seconds: Float64Array;
  /** Index of the activity, shape [time]. */
  readonly ofSample: Uint8Array;
}

/** Rows in order, of as many or more, are a part of a recording by themselves. */
const LONG_PART = 50;
/** Two parts at the same time for as many seconds are not rows that came late. */
const TOGETHER_SECONDS = 1;

/**
 * Why rows cannot be put into the order of their times: the clock begins again, so that two parts would be mixed.
 *
 * @returns What was found; undefined where they can.
 */
export function whyNotInOrder(seconds: Float64Array): string | undefined {
  const parts = longParts(seconds).toSorted((one, other) => one.start - other.start);
  let end = Number.NEGATIVE_INFINITY;
  for (const part of parts) {
    if (Math.min(end, part.end) - part.start >= TOGETHER_SECONDS) {
      return `two parts of ${LONG_PART} rows or more at the same time, from ${part.start} s on: a clock that begins again, or two devices`;
    }
    end = Math.max(end, part.end);
  }
  return undefined;
}

/** The times at which long parts begin and end whose rows are in order. */
function longParts(seconds: Float64Array): readonly { readonly start: number; readonly end: number }[] {
  const parts: { readonly start: number; readonly end: number }[] = [];
  let first = 0;
  for (let row = 1; row <= seconds.length; row++) {
    if (row === seconds.length || seconds[row]! < seconds[row - 1]!) {
      if (row - first >= LONG_PART) {
        parts.push({ start: seconds[first]!, end: seconds[row - 1]! });
      }
      first = row;
    }
  }
  return parts;
}

/** A pause between samples that is not filled when times are spread, in intervals of the clock and in seconds. */
const PAUSE = { intervals: 4, seconds: 0.1 };

/**
 * The samples with ascending times; the same arrays where nothing is to be done.
 *
 * Of samples with the same time, `first` keeps the first one; `mean` keeps one with the mean of each channel and the
 * first one's activity; `spread` keeps all, and divides the time up to the next one evenly among them, or that of a
 * median interval where the next one is further away than a pause or does not exist.
 */
export function evenedTimes(
  written: TimedSamples,
  { sort = false, duplicates = 'refuse' }: { readonly sort?: boolean; readonly duplicates?: Duplicates },
): TimedSamples {
  const ordered = sort ? inOrder(written) : written;
  const groups = groupStarts(ordered.seconds);
  if (groups.length === ordered.seconds.length || duplicates === 'refuse') {
    return ordered;
  }
  return duplicates === 'spread' ? spread(ordered, groups) : merged(ordered, groups, duplicates);
}

function inOrder(written: TimedSamples): TimedSamples {
  const { seconds } = written;
  const order = Uint32Array.from(seconds, (_, index) => index).sort(
    (one, other) => seconds[one]! - seconds[other]! || one - other,
  );
  return picked(written, order);
}

/** The samples of these indices. */
function picked({ samples, seconds, ofSample }: TimedSamples, indices: Uint32Array): TimedSamples {
  const width = samples.length / seconds.length;
  const values = new Float32Array(indices.length * width);
  indices.forEach((from, to) => {
    values.set(samples.subarray(from * width, (from + 1) * width), to * width);
  });
  return {
    samples: values,
    seconds: Float64Array.from(indices, (index) => seconds[index]!),
    ofSample: Uint8Array.from(indices, (index) => ofSample[index]!),
  };
}

/** Index of the first sample of each time. */
function groupStarts(seconds: Float64Array): Uint32Array {
  const starts: number[] = [];
  seconds.forEach((time, index) => {
    if (index === 0 || time !== seconds[index - 1]) {
      starts.push(index);
    }
  });
  return Uint32Array.from(starts);
}

function merged(ordered: TimedSamples, groups: Uint32Array, rule: 'first' | 'mean'): TimedSamples {
  const kept = picked(ordered, groups);
  if (rule === 'first') {
    return kept;
  }
  const width = ordered.samples.length / ordered.seconds.length;
  groups.forEach((start, group) => {
    const end = groups[group + 1] ?? ordered.seconds.length;
    for (let channel = 0; channel < width; channel++) {
      let sum = 0;
      for (let index = start; index < end; index++) {
        sum += ordered.samples[index * width + channel]!;
      }
      kept.samples[group * width + channel] = sum / (end - start);
    }
  });
  return kept;
}

function spread({ samples, seconds, ofSample }: TimedSamples, groups: Uint32Array): TimedSamples {
  const own = new Float64Array(seconds.length);
  const usual = medianInterval(Float64Array.from(groups, (start) => seconds[start]!));
  const longest = Math.max(PAUSE.intervals * usual, PAUSE.seconds);
  groups.forEach((start, group) => {
    const end = groups[group + 1] ?? seconds.length;
    const until = end < seconds.length ? seconds[end]! - seconds[start]! : Number.POSITIVE_INFINITY;
    const room = until > longest ? usual : until;
    for (let index = start; index < end; index++) {
      own[index] = seconds[start]! + ((index - start) * room) / (end - start);
    }
  });
  return { samples, seconds: own, ofSample };
}
