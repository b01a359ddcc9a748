/** One person's motion as a file holds it, before it is resampled to the study's rate. */

import type { ActivityLabels } from './recording.js';

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
  /** Absent in a recording without labels. */
  readonly labels?: ActivityLabels;
}

/** Number of samples per channel. */
export function sampleCount(recording: RawRecording): number {
  return recording.samples.length / recording.channels.length;
}
