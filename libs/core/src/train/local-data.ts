/** The windows that a participant holds. They never leave it. */

import { windowCount, type WindowedDataset } from '../data/windows.js';

/** The windows that one participant holds. They never leave it. */
export interface LocalData {
  /** Windows with the participant's own labels. */
  readonly labelled?: WindowedDataset;
  readonly unlabelled?: WindowedDataset;
  /**
   * Index of the true activity of each unlabelled window, -1 where it is not known; shape [window]. Only a simulation
   * knows it. Nothing is trained on it: it tells how good pseudo-labels are.
   */
  readonly truth?: Int16Array;
  /** Labelled windows that are held out, for evaluation only. */
  readonly test?: WindowedDataset;
}

/** All windows to train on, without labels; undefined where there are none. */
export function trainingWindows({ labelled, unlabelled }: LocalData): WindowedDataset | undefined {
  const [first, second] = [unlabelled, labelled].filter((windows) => windows && windowCount(windows) > 0);
  if (!first) {
    return undefined;
  }
  return second ? joinWindows(first, second) : withoutLabels(first);
}

function withoutLabels({ shape, recordings, recordingOf, startOf }: WindowedDataset): WindowedDataset {
  return { shape, recordings, recordingOf, startOf };
}

/** The windows of `a`, then those of `b`, without labels; samples are shared. */
function joinWindows(a: WindowedDataset, b: WindowedDataset): WindowedDataset {
  const recordingOf = new Uint32Array(a.recordingOf.length + b.recordingOf.length);
  recordingOf.set(a.recordingOf);
  recordingOf.set(
    b.recordingOf.map((recording) => recording + a.recordings.length),
    a.recordingOf.length,
  );
  const startOf = new Uint32Array(recordingOf.length);
  startOf.set(a.startOf);
  startOf.set(b.startOf, a.startOf.length);
  return { shape: a.shape, recordings: [...a.recordings, ...b.recordings], recordingOf, startOf };
}
