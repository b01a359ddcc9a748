/** Puts windows into shared memory, where all threads of the process can use them without copies. */

import type { LocalData, SensorRecording } from '@gaitway/core';
import type { WindowedDataset } from '@gaitway/core/data';

/** A participant's windows with their samples in shared memory. */
export function shareLocalData({ labelled, unlabelled, test }: LocalData): LocalData {
  return {
    ...(labelled && { labelled: shareWindows(labelled) }),
    ...(unlabelled && { unlabelled: shareWindows(unlabelled) }),
    ...(test && { test: shareWindows(test) }),
  };
}

/** Windows with their samples in shared memory. */
export function shareWindows(windows: WindowedDataset): WindowedDataset {
  return { ...windows, recordings: windows.recordings.map(shareRecording) };
}

/** The recording with its arrays in shared memory, which are not copied when it is posted to a worker. */
export function shareRecording(recording: SensorRecording): SensorRecording {
  const samples = new Float32Array(new SharedArrayBuffer(recording.samples.byteLength));
  samples.set(recording.samples);
  if (!recording.labels) {
    return { ...recording, samples };
  }
  const ofSample = new Uint8Array(new SharedArrayBuffer(recording.labels.ofSample.byteLength));
  ofSample.set(recording.labels.ofSample);
  return { ...recording, samples, labels: { ...recording.labels, ofSample } };
}
