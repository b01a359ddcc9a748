/** Finds recordings that hold the same motion, also where one is rounded, shifted or overlaps only in part. */

import type { RawRecording } from '@gaitway/core';
import { sampleTimes } from '@gaitway/core/data';
import type { Suspect } from '../inspection.js';

/** Peaks whose places and heights together make one mark of a motion. */
const PEAKS = 3;
/** Heights are compared in steps of so many g, far above what rounding to three decimals changes. */
const HEIGHT_STEP = 0.02;
/** Where heights differ by less than this, the sensor lies still, and only its noise tells recordings apart. */
const STILL = { range: 0.1, step: 0.004 };
/** Number of marks with the same shift from which on two recordings are the same, and the seconds that they span. */
const SAME = { marks: 4, seconds: 5 };
/** A mark at more places tells nothing apart, such as that of a sensor that lies still. */
const MOST_PLACES = 32;
/** Recordings that are shorter, in rows, are not compared. */
const FEWEST_ROWS = 50;

/** A copy that was found. */
interface Hits {
  count: number;
  first: number;
  last: number;
}

interface Known {
  readonly subject: string;
  readonly source: string;
}

/** Keeps the marks of the recordings that it has seen. */
export interface CopyFinder {
  /** The suspects that a recording makes with earlier ones; those with equal digests are one. */
  see(raw: RawRecording, digest: string): readonly Suspect[];
}

/**
 * Marks survive rounding: a peak stays where it is, and a height changes its step in one of forty cases. By chance,
 * single marks agree, but not several with the same shift.
 */
export function copyFinder(): CopyFinder {
  const known: Known[] = [];
  const digests = new Map<string, Known>();
  const places = new Map<number, number[]>();
  return {
    see: (raw, digest) => {
      const twin = digests.get(digest);
      if (twin) {
        return [{ kind: 'duplicate', source: raw.source, reason: `has the same samples as ${nameOf(twin, raw)}` }];
      }
      const own: Known = { subject: raw.subject, source: raw.source };
      digests.set(digest, own);
      const index = known.push(own) - 1;
      const hits = new Map<string, Hits>();
      for (const [mark, row] of marksOf(raw)) {
        const there = places.get(mark) ?? [];
        countHits(hits, there, row);
        if (there.length < 2 * MOST_PLACES) {
          places.set(mark, there);
          there.push(index, row);
        }
      }
      return copySuspects(raw, hits, known);
    },
  };
}

function nameOf({ subject, source }: Known, raw: RawRecording): string {
  return subject === raw.subject ? source : `${source} of ${subject}: one person would be on both sides of a split`;
}

/** Counts the places of a mark by recording and shift; places are pairs of a recording and a row. */
function countHits(hits: Map<string, Hits>, places: readonly number[], row: number): void {
  for (let at = 0; at < places.length; at += 2) {
    const key = `${places[at] ?? 0} ${row - (places[at + 1] ?? 0)}`;
    const found = hits.get(key);
    if (found) {
      found.count++;
      found.last = row;
    } else {
      hits.set(key, { count: 1, first: row, last: row });
    }
  }
}

function copySuspects(raw: RawRecording, hits: ReadonlyMap<string, Hits>, known: readonly Known[]): readonly Suspect[] {
  const seconds = sampleTimes(raw);
  const longest = new Map<number, number>();
  for (const [key, { count, first, last }] of hits) {
    const index = Number(key.split(' ')[0]);
    const span = (seconds[last] ?? 0) - (seconds[first] ?? 0);
    if (count >= SAME.marks && span >= SAME.seconds && index < known.length - 1) {
      longest.set(index, Math.max(longest.get(index) ?? 0, span));
    }
  }
  return [...longest].map(([index, span]) => {
    const other = known[index] ?? raw;
    const reason = `repeats at least ${span.toFixed(0)} s of ${nameOf(other, raw)}; keep one of them`;
    return { kind: 'overlap', source: raw.source, reason };
  });
}

/** Marks of a recording with the row of their first peak. */
function* marksOf({ channels, samples }: RawRecording): Generator<readonly [number, number]> {
  const width = channels.length;
  const rows = samples.length / width;
  if (rows < FEWEST_ROWS) {
    return;
  }
  const sums = Float32Array.from({ length: rows }, (_, row) => {
    let sum = 0;
    for (let channel = 0; channel < width; channel++) {
      sum += samples[row * width + channel] ?? 0;
    }
    return sum;
  });
  const peaks: number[] = [];
  for (let row = 2; row < rows - 2; row++) {
    if (isPeak(sums, row)) {
      peaks.push(row);
      if (peaks.length > PEAKS) {
        peaks.shift();
      }
      if (peaks.length === PEAKS) {
        yield [markOf(peaks, samples, width), peaks[0] ?? 0];
      }
    }
  }
}

function isPeak(sums: Float32Array, row: number): boolean {
  const own = sums[row] ?? 0;
  const [before, after] = [sums[row - 1] ?? 0, sums[row + 1] ?? 0];
  return own > before && own > after && own > (sums[row - 2] ?? 0) && own > (sums[row + 2] ?? 0);
}

/** By how much the heights of the peaks differ at most in one channel. */
function heightRange(peaks: readonly number[], samples: Float32Array, width: number): number {
  let range = 0;
  for (let channel = 0; channel < width; channel++) {
    let [low, high] = [Infinity, -Infinity];
    for (const row of peaks) {
      const height = samples[row * width + channel] ?? 0;
      low = Math.min(low, height);
      high = Math.max(high, height);
    }
    range = Math.max(range, high - low);
  }
  return range;
}

/** A 53-bit hash of the distances between peaks and their heights in all channels. */
function markOf(peaks: readonly number[], samples: Float32Array, width: number): number {
  let [low, high] = [2166136261, 40389];
  const mix = (value: number): void => {
    low = Math.imul(low ^ value, 16777619);
    high = Math.imul(high ^ (value + 0x9e37), 2246822519) ^ (low >>> 15);
  };
  const step = heightRange(peaks, samples, width) < STILL.range ? STILL.step : HEIGHT_STEP;
  peaks.forEach((row, index) => {
    mix(row - (peaks[index - 1] ?? row));
    for (let channel = 0; channel < width; channel++) {
      mix(Math.round((samples[row * width + channel] ?? 0) / step));
    }
  });
  return (high >>> 11) * 2 ** 32 + (low >>> 0);
}
