/** Recordings that know when they began, so that a label file can say what happened in them when. */

import type { RawRecording } from '../data/raw-recording.js';
import type { SensorRecording } from '../data/recording.js';
import { sampleTimes } from '../data/resample.js';
import { unbrokenStretches } from '../data/stretches.js';
import { recordingsFor } from '../study/plans/prepare-data.js';
import type { SensorPlan } from '../study/study.js';

export interface PlacedRecording {
  readonly recording: SensorRecording;
  /** Seconds from the first sample that was read to this one's first; above 0 behind a gap. */
  readonly startSeconds: number;
}

/**
 * A recording at the plan's channels and rate; several where a gap splits it.
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
