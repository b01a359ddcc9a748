/**
 * Recordings of one person's motion with one device: as a file holds it, gaps and jitter included, and as an
 * uninterrupted stretch of time at the study's rate. Acceleration is in g.
 */

import type { InputSpec } from '../inputs/window-inputs.js';

/** Marks samples in {@link ActivityLabels.ofSample} that are not labelled. */
export const NO_ACTIVITY = 255;

/** The labelled activity of each sample. */
export interface ActivityLabels {
  readonly names: readonly string[];
  /** Index into `names`, or {@link NO_ACTIVITY}; shape [time]. */
  readonly ofSample: Uint8Array;
}

/** One person's recording at one sampling rate, with the activity of each time step where it is known. */
export interface SensorRecording {
  /** Who wore the sensor. */
  readonly subject: string;
  /** Where it was read from, for messages: `wlk_7/sub_1.csv`. */
  readonly source: string;
  readonly sampleRateHz: number;
  readonly channels: readonly string[];
  /** Shape [time, channel], row-major; acceleration in g. */
  readonly samples: Float32Array;
  /** Absent in a recording without labels. */
  readonly labels?: ActivityLabels;
  /** How its samples become a network's inputs; absent where the samples are the inputs. */
  readonly inputs?: InputSpec;
}

/** Number of time steps of a recording. */
export function timeSteps(recording: SensorRecording): number {
  return recording.samples.length / recording.channels.length;
}

/** Length of a recording in seconds. */
export function durationSeconds(recording: SensorRecording): number {
  return timeSteps(recording) / recording.sampleRateHz;
}

/** Either an even sampling rate, or the time of each sample in seconds from any origin, strictly ascending. */
export type Timing = { readonly rateHz: number } | { readonly seconds: Float64Array };

/** A recording of one person and one device as it was read, gaps and jitter included. */
export interface RawRecording {
  /** Who wore the sensor. */
  readonly subject: string;
  /**
   * Where it was read from, for messages: `wlk_7/sub_1.csv`, with the first line where a file holds several recordings.
   */
  readonly source: string;
  readonly channels: readonly string[];
  /** Shape [time, channel], row-major; acceleration in g. */
  readonly samples: Float32Array;
  readonly timing: Timing;
  /** Present where it was cut into windows before: its times then have a pause between two of them. */
  readonly cut?: CutWindows;
  /** Absent in a recording without labels. */
  readonly labels?: ActivityLabels;
}

/** Windows that were cut before they were read. A study must have the same length and rate. */
interface CutWindows {
  /** Number of samples of each. */
  readonly length: number;
  readonly rateHz: number;
}

/** Number of samples per channel. */
export function sampleCount(recording: RawRecording): number {
  return recording.samples.length / recording.channels.length;
}

/** Standard gravity in m/s^2 (ISO 80000-3). */
const STANDARD_GRAVITY = 9.80665;

/** Units of acceleration in files; internally, everything is in g. */
export const accelerationUnits = ['g', 'm/s^2', 'mg'] as const;

/** A unit of acceleration in a file. */
export type AccelerationUnit = (typeof accelerationUnits)[number];

/** Factors that convert each unit to g. */
export const gPerUnit: Readonly<Record<AccelerationUnit, number>> = {
  g: 1,
  'm/s^2': 1 / STANDARD_GRAVITY,
  mg: 1e-3,
};
