/** Facts about a recording that an inspection keeps, so that the recording itself can be discarded. */

import { NO_ACTIVITY, type RawRecording, type SensorRecording } from '@gaitway/core';
import {
  type AccelerationUnit,
  accelerationUnits,
  durationSeconds,
  gPerUnit,
  medianInterval,
  resample,
  sampleTimes,
  slideWindows,
  timeSteps,
  unbrokenStretches,
  windowCount,
} from '@gaitway/core/data';
import { createHash } from 'node:crypto';
import type { InspectionPlan, Suspect } from './inspection.js';
import { alternationFaults, clockFaults } from './quality/clock-faults.js';
import { gravitySum } from './quality/gravity-axis.js';
import { sensorFaults } from './quality/sensor-faults.js';

export interface RecordingFacts {
  readonly subject: string;
  readonly source: string;
  readonly seconds: number;
  readonly windows: number;
  /** Of windows that are already cut. */
  readonly cut: RawRecording['cut'];
  /** Median sampling rate; undefined with fewer than two samples. */
  readonly rateHz: number | undefined;
  /** Length of each gap in seconds. */
  readonly gaps: readonly number[];
  /** Seconds of each activity, keyed by its name. */
  readonly activities: ReadonlyMap<string, number>;
  readonly rest: Rest | undefined;
  /** In g; undefined where the channels are not an acceleration. */
  readonly meanMagnitude: number | undefined;
  /** Digest of the bytes of the samples. */
  readonly digest: string;
  /** Sum of the samples on the axes x, y and z; undefined where the channels are not an acceleration. */
  readonly gravitySum: readonly number[] | undefined;
  /** What is suspect about the recording by itself, apart from its unit and length. */
  readonly faults: readonly Suspect[];
}

/** The facts about one recording as a study with this plan would see it. */
export function factsOf(raw: RawRecording, plan: InspectionPlan): RecordingFacts {
  const { cut } = raw;
  const { rateHz, window, step } = cut ? { rateHz: cut.rateHz, window: cut.length, step: cut.length } : plan;
  const pieces = resample(raw, rateHz);
  const times = sampleTimes(raw);
  const interval = medianInterval(times);
  const longest = pieces.reduce<SensorRecording | undefined>(
    (best, piece) => (best && best.samples.length >= piece.samples.length ? best : piece),
    undefined,
  );
  return {
    subject: raw.subject,
    source: raw.source,
    seconds: sum(pieces.map(durationSeconds)),
    windows: windowCount(slideWindows(pieces, { length: window, step })),
    cut,
    rateHz: interval > 0 ? 1 / interval : undefined,
    gaps: cut ? [] : gapsOf(times),
    activities: secondsByActivity(pieces),
    rest: joinRests(pieces.map(restOf)),
    meanMagnitude: longest && meanMagnitude(longest),
    digest: createHash('sha256').update(raw.samples).digest('hex'),
    gravitySum: gravitySum(raw),
    faults: [...sensorFaults(raw, times), ...clockFaults(raw, times, interval), ...alternationFaults(raw)],
  };
}

function gapsOf(seconds: Float64Array): readonly number[] {
  return unbrokenStretches(seconds)
    .slice(1)
    .map(({ first }) => (seconds[first] ?? 0) - (seconds[first - 1] ?? 0));
}

function secondsByActivity(pieces: readonly SensorRecording[]): ReadonlyMap<string, number> {
  const seconds = new Map<string, number>();
  for (const { labels, sampleRateHz } of pieces) {
    for (const label of labels?.ofSample ?? []) {
      const name = label === NO_ACTIVITY ? undefined : labels?.names[label];
      if (name !== undefined) {
        seconds.set(name, (seconds.get(name) ?? 0) + 1 / sampleRateHz);
      }
    }
  }
  return seconds;
}

function joinRests(rests: readonly (Rest | undefined)[]): Rest | undefined {
  const known = rests.filter((rest) => rest !== undefined);
  return known.length === 0
    ? undefined
    : {
        seconds: sum(known.map(({ seconds }) => seconds)),
        magnitudeSum: sum(known.map((rest) => rest.magnitudeSum)),
        secondsIn: {
          g: sum(known.map(({ secondsIn }) => secondsIn.g)),
          'm/s^2': sum(known.map(({ secondsIn }) => secondsIn['m/s^2'])),
          mg: sum(known.map(({ secondsIn }) => secondsIn.mg)),
        },
      };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** The acceleration of a sensor at rest, which is 1 g if its unit is right. */
export interface Rest {
  readonly seconds: number;
  /** Sum of the mean magnitudes of all quiet seconds, in g. */
  readonly magnitudeSum: number;
  /** Number of quiet seconds whose magnitude is about that of gravity in each unit, if their values were in it. */
  readonly secondsIn: Readonly<Record<AccelerationUnit, number>>;
}

/** A second is quiet when the deviation of its magnitude is below this fraction of its mean, which no unit affects. */
const QUIET_VARIATION = 0.05;

/** A magnitude is about 1 g when it is this near to it, as a fraction. */
const ABOUT = 0.3;

/**
 * The quiet seconds of a recording whose channels x, y and z are acceleration; undefined where there are no such
 * channels.
 */
function restOf(recording: SensorRecording): Rest | undefined {
  const magnitudes = magnitudesOf(recording);
  const second = Math.round(recording.sampleRateHz);
  if (!magnitudes || second < 1) {
    return undefined;
  }
  let [seconds, magnitudeSum] = [0, 0];
  const secondsIn = { g: 0, 'm/s^2': 0, mg: 0 };
  for (let first = 0; first + second <= magnitudes.length; first += second) {
    const values = magnitudes.subarray(first, first + second);
    const mean = meanOf(values);
    const variance = meanOf(values.map((value) => (value - mean) ** 2));
    if (Math.sqrt(variance) < QUIET_VARIATION * mean) {
      seconds++;
      magnitudeSum += mean;
      const unit = accelerationUnits.find((name) => Math.abs(mean * gPerUnit[name] - 1) < ABOUT);
      secondsIn[unit ?? 'g'] += unit ? 1 : 0;
    }
  }
  return { seconds, magnitudeSum, secondsIn };
}

/** Mean magnitude over a whole recording in g; undefined without channels x, y and z, or samples. */
function meanMagnitude(recording: SensorRecording): number | undefined {
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
