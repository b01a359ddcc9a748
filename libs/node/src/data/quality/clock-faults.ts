/** Time stamps that do not fit a motion sensor: a wrong unit, bursts, or the rows of two devices. */

import type { RawRecording } from '@gaitway/core';
import { unbrokenStretches } from '@gaitway/core/data';
import type { Suspect } from '../inspection.js';

/** Rates in Hz at which people's motion is recorded. */
const RATES = { low: 5, high: 2000 };
/** Jitter, lost rows and a change of the rate make neighbouring intervals differ by less than a mean interval. */
const BURSTY = 1;
/** Fewer rows say nothing. */
const FEWEST_ROWS = 100;

/**
 * What is suspect about the clock of one recording.
 *
 * @param seconds - The time of each sample.
 * @param interval - The median interval between them in seconds.
 */
export function clockFaults(raw: RawRecording, seconds: Float64Array, interval: number): readonly Suspect[] {
  const { source } = raw;
  if (!(interval > 0)) {
    return [];
  }
  const rate = 1 / interval;
  if (rate < RATES.low || rate > RATES.high) {
    const reason = `has ${Number(rate.toPrecision(3))} rows a second, which no motion sensor has: is the unit of ${'rateHz' in raw.timing ? 'rateHz' : 'time'} in gaitway.yaml right?`;
    return [{ kind: 'rate', source, reason }];
  }
  const { mean, burstiness } = paceOf(seconds);
  if (seconds.length < FEWEST_ROWS || 'rateHz' in raw.timing || burstiness < BURSTY) {
    return [];
  }
  const reason = `has rows in bursts: intervals go up and down by ${Math.round(100 * burstiness)} % from row to row, at ${mean.toFixed(0)} rows a second; if the sensor is even, write rateHz: ${mean.toFixed(0)} in place of time`;
  return [{ kind: 'rate', source, reason }];
}

/** Rows a second outside gaps, and how much two neighbouring intervals differ on average, in mean intervals. */
function paceOf(seconds: Float64Array): { readonly mean: number; readonly burstiness: number } {
  let [intervals, length, differences] = [0, 0, 0];
  for (const { first, end } of unbrokenStretches(seconds)) {
    intervals += end - first - 1;
    length += (seconds[end - 1] ?? 0) - (seconds[first] ?? 0);
    for (let row = first + 2; row < end; row++) {
      const [before, last, own] = [seconds[row - 2] ?? 0, seconds[row - 1] ?? 0, seconds[row] ?? 0];
      differences += Math.abs(own - last - (last - before));
    }
  }
  return { mean: length > 0 ? intervals / length : 0, burstiness: length > 0 ? differences / length : 0 };
}

/** A row nearer by this factor to the last but one than to the last is another device's. */
const ALTERNATING = 1.3;

/** Mean distance of neighbouring values in g, below which it is noise that goes to and fro. */
const NOISE = 0.03;

/** Rows that go to and fro from one to the next are those of two devices in turn. */
export function alternationFaults({ source, channels, samples }: RawRecording): readonly Suspect[] {
  const width = channels.length;
  let [toLast, toLastButOne] = [0, 0];
  for (let at = 2 * width; at < samples.length; at++) {
    toLast += Math.abs((samples[at] ?? 0) - (samples[at - width] ?? 0));
    toLastButOne += Math.abs((samples[at] ?? 0) - (samples[at - 2 * width] ?? 0));
  }
  const isMotion = samples.length >= FEWEST_ROWS * width && toLast > NOISE * samples.length;
  if (!isMotion || toLast <= ALTERNATING * toLastButOne) {
    return [];
  }
  const reason =
    'goes to and fro from row to row, as the rows of two devices do: if a column tells them apart, write recording: { column: … } and interleaved: true';
  return [{ kind: 'two-devices', source, reason }];
}
