/** Recordings with their start times, to which the times in a label file refer. */

import type { RawRecording, SensorRecording } from '../data/recording.js';
import { sampleTimes } from '../data/resample.js';
import { unbrokenStretches } from '../data/stretches.js';
import { recordingsFor } from '../study/plans/prepare-data.js';
import type { SensorPlan } from '../study/study.js';

export interface PlacedRecording {
  readonly recording: SensorRecording;
  /** Seconds from the first sample of the original recording to the first of this one; above 0 after a gap. */
  readonly startSeconds: number;
}

/**
 * A recording at the plan's channels and rate; several recordings where a gap splits it.
 *
 * @throws InvalidInput when a channel is missing.
 */
export function placedRecordings(sensors: SensorPlan, raw: RawRecording): readonly PlacedRecording[] {
  const seconds = sampleTimes(raw);
  const stretches = unbrokenStretches(seconds);
  return recordingsFor(sensors, raw).map((recording, index) => ({
    recording,
    startSeconds: seconds[stretches[index]!.first]! - seconds[0]!,
  }));
}
