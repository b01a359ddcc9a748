/** Measures the acceleration of a sensor at rest, which is 1 g if its unit is right. */

import { type SensorRecording, timeSteps } from '@gaitway/core';

export interface Rest {
  readonly seconds: number;
  /** Sum of the mean magnitudes of all quiet seconds, in g. */
  readonly magnitudeSum: number;
}

/** A second is quiet when the deviation of its magnitude is below this fraction of its mean, which no unit affects. */
const QUIET_VARIATION = 0.05;

/**
 * The quiet seconds of a recording whose channels x, y and z are acceleration; undefined where there are no such
 * channels.
 */
export function restOf(recording: SensorRecording): Rest | undefined {
  const magnitudes = magnitudesOf(recording);
  const second = Math.round(recording.sampleRateHz);
  if (!magnitudes || second < 1) {
    return undefined;
  }
  let [seconds, magnitudeSum] = [0, 0];
  for (let first = 0; first + second <= magnitudes.length; first += second) {
    const values = magnitudes.subarray(first, first + second);
    const mean = meanOf(values);
    const variance = meanOf(values.map((value) => (value - mean) ** 2));
    if (Math.sqrt(variance) < QUIET_VARIATION * mean) {
      seconds++;
      magnitudeSum += mean;
    }
  }
  return { seconds, magnitudeSum };
}

/** Mean magnitude over a whole recording in g; undefined without channels x, y and z, or samples. */
export function meanMagnitude(recording: SensorRecording): number | undefined {
  const magnitudes = magnitudesOf(recording);
  return magnitudes && magnitudes.length > 0 ? meanOf(magnitudes) : undefined;
}

function magnitudesOf(recording: SensorRecording): Float64Array | undefined {
  const { channels, samples } = recording;
  const axes = ['x', 'y', 'z'].map((axis) => channels.indexOf(axis));
  if (axes.includes(-1)) {
    return undefined;
  }
  return Float64Array.from({ length: timeSteps(recording) }, (_, time) =>
    Math.hypot(...axes.map((axis) => samples[time * channels.length + axis] ?? 0)),
  );
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
