/** Windows that all threads of the process see without a copy each. */

import type { LocalData, SensorRecording, WindowedDataset } from '@gaitway/core';

/** A participant's windows with their samples on shared memory. */
export function shareLocalData({ labelled, unlabelled, test }: LocalData): LocalData {
  return {
    ...(labelled && { labelled: shareWindows(labelled) }),
    ...(unlabelled && { unlabelled: shareWindows(unlabelled) }),
    ...(test && { test: shareWindows(test) }),
  };
}

/** Windows with their samples on shared memory. */
export function shareWindows(windows: WindowedDataset): WindowedDataset {
  return { ...windows, recordings: windows.recordings.map(shareRecording) };
}

/** The recording with its arrays on shared memory; posted to a worker, they are not copied. */
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
