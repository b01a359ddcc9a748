/** A sensor recording: one person, one device, one uninterrupted stretch of time. */

import type { InputSpec } from '../inputs/input-spec.js';

/** Marks samples in {@link ActivityLabels.ofSample} that are not labelled. */
export const NO_ACTIVITY = 255;

/** The labelled activity of each sample. */
export interface ActivityLabels {
  readonly names: readonly string[];
  /** Index into `names`, or {@link NO_ACTIVITY}; shape [time]. */
  readonly ofSample: Uint8Array;
}

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
