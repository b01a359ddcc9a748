/** What a file says about one person's motion, before it is brought to the study's rate. */

import type { ActivityLabels } from './recording.js';

/** Either a clock that ticks evenly, or the time of each sample in seconds since any moment, always rising. */
export type Timing = { readonly rateHz: number } | { readonly seconds: Float64Array };

/** One person, one device, as it was read: gaps, jitter and all. */
export interface RawRecording {
  /** Who wore the sensor. */
  readonly subject: string;
  /** Where it was read from, for messages: `wlk_7/sub_1.csv`, or with the first line where a file holds several. */
  readonly source: string;
  readonly channels: readonly string[];
  /** [time, channel], row-major; acceleration in g. */
  readonly samples: Float32Array;
  readonly timing: Timing;
  /** Absent in a recording without labels. */
  readonly labels?: ActivityLabels;
}

/** Number of samples of each channel. */
export function sampleCount(recording: RawRecording): number {
  return recording.samples.length / recording.channels.length;
}
