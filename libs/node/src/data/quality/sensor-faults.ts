/** Stretches in which a sensor says nothing: it slept, it hung, a channel is dead, or its range was too small. */

import type { RawRecording } from '@gaitway/core';
import { sampleCount } from '@gaitway/core/data';
import type { Suspect } from '../inspection.js';

/** From this many seconds and rows on, equal rows are a fault: a hand at rest trembles, and a sensor has noise. */
const STUCK = { seconds: 2, rows: 20 };
/** So many rows of nothing but zeros are one: gravity is always there. */
const ZERO_ROWS = 5;
/** From this many seconds on, a channel that stays the same while others move is dead. */
const DEAD_SECONDS = 30;
/** Share of rows that repeat the row above, from which on rows were filled in. */
const REPEATED_SHARE = 0.3;

/** What a sensor does over all channels, or in one. */
interface Runs {
  /** Number of rows, or values, that are the same as the one before. */
  same: number;
  /** Seconds in long runs, of zeros and of anything else. */
  zeroSeconds: number;
  stuckSeconds: number;
  /** Rows in long runs. */
  longRows: number;
}

/**
 * What is suspect about the samples of one recording by themselves.
 *
 * @param seconds - The time of each sample.
 */
export function sensorFaults(raw: RawRecording, seconds: Float64Array): readonly Suspect[] {
  const timed = { ...raw, seconds };
  return [...stuckRows(timed), ...deadChannels(timed), ...saturatedChannels(raw)];
}

/** A recording with the time of each sample. */
type Timed = RawRecording & { readonly seconds: Float64Array };

function stuckRows(raw: Timed): readonly Suspect[] {
  const { source, channels } = raw;
  const all = channels.map((_, channel) => channel);
  const { same, zeroSeconds, stuckSeconds, longRows } = runsOf(raw, all, STUCK);
  const share = (same - longRows) / Math.max(1, sampleCount(raw) - longRows);
  const suspects: Suspect[] = [];
  if (zeroSeconds > 0) {
    const reason = `holds ${zeroSeconds.toFixed(1)} s of nothing but zeros, as sensors write while they sleep: remove these rows, or the study takes them for a motion`;
    suspects.push({ kind: 'idle-zeros', source, reason });
  }
  if (stuckSeconds > 0) {
    const reason = `repeats one row for ${stuckSeconds.toFixed(1)} s in all: the sensor hung; remove these rows`;
    suspects.push({ kind: 'stuck', source, reason });
  }
  if (share > REPEATED_SHARE && sampleCount(raw) >= STUCK.rows) {
    const reason = `repeats the row above in ${Math.round(100 * share)} % of its rows: was it recorded at a lower rate? Keep one row of each`;
    suspects.push({ kind: 'repeated-rows', source, reason });
  }
  return suspects;
}

/** Runs of rows in which these channels stay as they are. */
function runsOf(raw: Timed, places: readonly number[], least: { seconds: number; rows: number }): Runs {
  const { samples, channels, seconds } = raw;
  const width = channels.length;
  const runs: Runs = { same: 0, zeroSeconds: 0, stuckSeconds: 0, longRows: 0 };
  let first = 0;
  for (let row = 1; row <= seconds.length; row++) {
    const isSame =
      row < seconds.length &&
      places.every((place) => samples[row * width + place] === samples[(row - 1) * width + place]);
    if (isSame) {
      runs.same++;
      continue;
    }
    addRun(runs, raw, { first, end: row, places, least });
    first = row;
  }
  return runs;
}

/** Adds the rows `first` to `end` - 1, which are the same in these channels, if they are many. */
function addRun(
  runs: Runs,
  { samples, channels, seconds }: Timed,
  run: { first: number; end: number; places: readonly number[]; least: { seconds: number; rows: number } },
): void {
  const { first, end, places, least } = run;
  const rows = end - first;
  const length = (seconds[end - 1] ?? 0) - (seconds[first] ?? 0);
  const isZero = rows >= ZERO_ROWS && places.every((place) => samples[first * channels.length + place] === 0);
  const isAsleep = isZero && places.length === channels.length;
  if (isAsleep || (length >= least.seconds && rows >= least.rows)) {
    runs[isZero ? 'zeroSeconds' : 'stuckSeconds'] += length;
    runs.longRows += rows - 1;
  }
}

/** A channel that never changes is dead; so is one that does not for long, while others move. */
function deadChannels(raw: Timed): readonly Suspect[] {
  const { source, channels, samples } = raw;
  const rows = sampleCount(raw);
  return channels.flatMap((name, channel): Suspect[] => {
    const { same, zeroSeconds, stuckSeconds, longRows } = runsOf(raw, [channel], {
      seconds: DEAD_SECONDS,
      rows: STUCK.rows,
    });
    if (rows > 1 && same === rows - 1) {
      const reason = `channel ${name} never changes: always ${samples[channel] ?? 0}; leave this recording out, or the channel`;
      return [{ kind: 'constant-channel', source, reason }];
    }
    const stuck = zeroSeconds + stuckSeconds;
    const others = channels.map((_, place) => place).filter((place) => place !== channel);
    const isAlone = stuck > 0 && longRows > 2 * runsOf(raw, others, STUCK).longRows;
    const reason = `channel ${name} does not change for ${stuck.toFixed(1)} s while others do: remove these rows`;
    return others.length > 0 && isAlone ? [{ kind: 'constant-channel', source, reason }] : [];
  });
}

/** Values spread over less, in g, are not those of a moving sensor, which alone reaches the end of its range. */
const LEAST_RANGE = 0.2;
/** So many samples, and so large a share, at the extreme value are clipped. */
const CLIPPED = { samples: 20, share: 0.005 };
/** And so many times more than at the next value, which is as rare as any where nothing is clipped. */
const CLIPPED_RATIO = 5;

interface Extreme {
  readonly value: number;
  /** Number of samples at the value, and at the next one. */
  readonly count: number;
  readonly next: number;
}

function saturatedChannels({ source, channels, samples }: RawRecording): readonly Suspect[] {
  const rows = samples.length / channels.length;
  return channels.flatMap((name, channel): Suspect[] => {
    const own = new Float32Array(rows);
    for (let row = 0; row < rows; row++) {
      own[row] = samples[row * channels.length + channel] ?? 0;
    }
    const [low, high] = [extremeOf(own, -1), extremeOf(own, 1)];
    if (high.value - low.value < LEAST_RANGE) {
      return [];
    }
    return [low, high]
      .filter(({ value, count, next }) => {
        const isMany = count >= CLIPPED.samples && count >= CLIPPED.share * rows;
        return value !== 0 && isMany && count >= CLIPPED_RATIO * next;
      })
      .map(({ value, count }) => {
        const share = ((100 * count) / rows).toFixed(1);
        const reason = `channel ${name} is at ${Number(value.toPrecision(4))} g in ${share} % of its samples, and never beyond: the range of the sensor was too small; record with a larger one`;
        return { kind: 'saturated', source, reason };
      });
  });
}

/** The largest value of a channel, or with sign -1 the smallest. */
function extremeOf(values: Float32Array, sign: 1 | -1): Extreme {
  let [value, count] = [-Infinity, 0];
  let [second, next] = [-Infinity, 0];
  for (const own of values) {
    const signed = sign * own;
    if (signed > value) {
      [second, next] = [value, count];
      [value, count] = [signed, 1];
    } else if (signed === value) {
      count++;
    } else if (signed > second) {
      [second, next] = [signed, 1];
    } else if (signed === second) {
      next++;
    }
  }
  return { value: sign * value, count, next };
}
