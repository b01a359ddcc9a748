/**
 * Resampling from any rate to the study's rate: gaps split a recording, jitter is evened out, faster clocks are
 * averaged down.
 */

import { InvalidInput } from '../errors.js';
import { sampleCount, type RawRecording, type ActivityLabels, type SensorRecording } from './recording.js';
import { medianInterval, unbrokenStretches, type Stretch } from './stretches.js';

/** A clock faster than the study's by this ratio is averaged down; below it, interpolation alone smooths enough. */
const AVERAGE_FROM_RATIO = 4 / 3;

/**
 * Time stamps this close to an even clock (as a fraction of an interval) count as even: clocks are often rounded to 1
 * ms.
 */
const EVEN_TOLERANCE = 0.05;

/** Tolerance for rounding when the last sample falls exactly on the new grid (as a fraction of an interval). */
const GRID_TOLERANCE = 1e-6;

/**
 * The recording at `rateHz`: one recording for each stretch without a gap (see {@link unbrokenStretches} for what a gap
 * is), sampled from the first sample of the stretch on.
 *
 * Samples that are already evenly spaced at `rateHz` pass through unchanged. Others are interpolated linearly; where
 * the recording is at least a third faster, each new sample is the mean over its interval instead, to prevent aliasing.
 * A new sample has the label of the nearest old sample.
 *
 * @throws InvalidInput when `rateHz` is not a positive number, or more than 20 times that of a longer recording.
 */
export function resample(raw: RawRecording, rateHz: number): readonly SensorRecording[] {
  if (!(rateHz > 0 && Number.isFinite(rateHz))) {
    throw new InvalidInput(raw.source, [{ path: 'rateHz', message: `expected a rate above 0 Hz, found ${rateHz}` }]);
  }
  const seconds = sampleTimes(raw);
  return unbrokenStretches(seconds).map((stretch) => resampleStretch(raw, seconds, stretch, rateHz));
}

/** The time of each sample in seconds. */
export function sampleTimes(raw: RawRecording): Float64Array {
  if ('seconds' in raw.timing) {
    return raw.timing.seconds;
  }
  const { rateHz } = raw.timing;
  const seconds = new Float64Array(sampleCount(raw));
  for (let index = 0; index < seconds.length; index++) {
    seconds[index] = index / rateHz;
  }
  return seconds;
}

function resampleStretch(
  raw: RawRecording,
  allSeconds: Float64Array,
  { first, end }: Stretch,
  rateHz: number,
): SensorRecording {
  const width = raw.channels.length;
  const seconds = allSeconds.subarray(first, end);
  const samples = raw.samples.subarray(first * width, end * width);
  const labels = raw.labels && { ...raw.labels, ofSample: raw.labels.ofSample.subarray(first, end) };
  const piece = { subject: raw.subject, source: raw.source, sampleRateHz: rateHz, channels: raw.channels };
  if (isEven(seconds, rateHz)) {
    return { ...piece, samples, ...(labels && { labels }) };
  }
  refuseFarSlower(raw, seconds, rateHz);
  const grid = evenTimes(seconds, rateHz);
  const faster = rateHz * medianInterval(seconds) <= 1 / AVERAGE_FROM_RATIO;
  return {
    ...piece,
    samples: faster ? intervalMean({ seconds, samples, width }, grid, 1 / rateHz) : interpolate(seconds, samples, grid),
    ...(labels && { labels: nearestLabels(labels, seconds, grid) }),
  };
}

/** At most so many new samples are made of one. A slower recording tells nothing of a motion. */
const MOST_SAMPLES_OF_ONE = 20;
/** A few rows with pauses between them are no recording, but no reason to stop. */
const FEW_SAMPLES = 1000;

/** An hour of milliseconds that are taken for seconds lasts 41 days, and does not fit into memory. */
function refuseFarSlower({ source }: RawRecording, seconds: Float64Array, rateHz: number): void {
  const length = seconds[seconds.length - 1]! - seconds[0]!;
  if (length * rateHz > MOST_SAMPLES_OF_ONE * seconds.length + FEW_SAMPLES) {
    const rate = Number(((seconds.length - 1) / length).toPrecision(3));
    const message = `expected a recording of at least ${rateHz / MOST_SAMPLES_OF_ONE} Hz to resample to ${rateHz} Hz, found ${rate} rows a second: is the unit of its time right?`;
    throw new InvalidInput(source, [{ path: 'time', message }]);
  }
}

/** Whether the samples come at the given rate, without drift, within the rounding of the clock. */
function isEven(seconds: Float64Array, rateHz: number): boolean {
  const start = seconds[0]!;
  return seconds.every((time, index) => Math.abs((time - start) * rateHz - index) <= EVEN_TOLERANCE);
}

/** Evenly spaced times from the first sample on, not beyond the last. */
function evenTimes(seconds: Float64Array, rateHz: number): Float64Array {
  const start = seconds[0]!;
  const steps = Math.floor((seconds[seconds.length - 1]! - start) * rateHz + GRID_TOLERANCE);
  return Float64Array.from({ length: steps + 1 }, (_, index) => start + index / rateHz);
}

/** Linear interpolation between samples, shape [time, channel]. */
function interpolate(seconds: Float64Array, samples: Float32Array, grid: Float64Array): Float32Array {
  const width = samples.length / seconds.length;
  const result = new Float32Array(grid.length * width);
  let left = 0;
  grid.forEach((time, row) => {
    while (left < seconds.length - 2 && seconds[left + 1]! <= time) {
      left++;
    }
    const right = Math.min(left + 1, seconds.length - 1);
    const span = seconds[right]! - seconds[left]!;
    const part = span > 0 ? Math.min(1, (time - seconds[left]!) / span) : 0;
    for (let channel = 0; channel < width; channel++) {
      const from = samples[left * width + channel]!;
      result[row * width + channel] = from + part * (samples[right * width + channel]! - from);
    }
  });
  return result;
}

/** The label of the sample nearest in time, the earlier one on a tie. */
function nearestLabels(labels: ActivityLabels, seconds: Float64Array, grid: Float64Array): ActivityLabels {
  let nearest = 0;
  const ofSample = Uint8Array.from(grid, (time) => {
    while (
      nearest < seconds.length - 1 &&
      Math.abs(seconds[nearest + 1]! - time) < Math.abs(seconds[nearest]! - time)
    ) {
      nearest++;
    }
    return labels.ofSample[nearest]!;
  });
  return { names: labels.names, ofSample };
}

/** Samples with their times. */
interface Signal {
  /** Ascending times, shape [time]. */
  readonly seconds: Float64Array;
  /** Shape [time, channel]. */
  readonly samples: Float32Array;
  /** Number of channels. */
  readonly width: number;
}

/**
 * The mean of the signal (linearly interpolated between its samples) over an interval around each time of the grid,
 * shape [time, channel]. Intervals are cut off where the signal begins and ends.
 *
 * The integral up to a time t is F(t); the mean over [a, b] is (F(b) - F(a)) / (b - a), exact for unevenly spaced
 * samples too.
 *
 * @param intervalSeconds - Width of the interval, which is the spacing of the grid.
 */
function intervalMean(signal: Signal, grid: Float64Array, intervalSeconds: number): Float32Array {
  const { seconds, width } = signal;
  const result = new Float32Array(grid.length * width);
  const start = seconds[0]!;
  const end = seconds[seconds.length - 1]!;
  for (let channel = 0; channel < width; channel++) {
    const integrate = runningIntegral(signal, channel);
    let from = start;
    let upToFrom = 0;
    grid.forEach((time, row) => {
      const to = Math.min(end, time + intervalSeconds / 2);
      const upToTo = integrate(to);
      result[row * width + channel] = (upToTo - upToFrom) / (to - from);
      from = to;
      upToFrom = upToTo;
    });
  }
  return result;
}

/** Integral of a channel from the first sample up to a time; the function must be called with ascending times. */
function runningIntegral({ seconds, samples, width }: Signal, channel: number): (time: number) => number {
  const at = (index: number): number => samples[index * width + channel]!;
  let left = 0;
  let upToLeft = 0;
  return (time) => {
    while (left < seconds.length - 2 && seconds[left + 1]! <= time) {
      upToLeft += ((at(left) + at(left + 1)) / 2) * (seconds[left + 1]! - seconds[left]!);
      left++;
    }
    const elapsed = time - seconds[left]!;
    const slope = (at(left + 1) - at(left)) / (seconds[left + 1]! - seconds[left]!);
    return upToLeft + elapsed * (at(left) + (slope * elapsed) / 2);
  };
}
