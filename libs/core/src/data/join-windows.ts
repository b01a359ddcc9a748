/** Two sets of windows as one. */

import type { WindowedDataset } from './windows.js';

/** The windows of `a`, then those of `b`, without labels; samples are shared. */
export function joinWindows(a: WindowedDataset, b: WindowedDataset): WindowedDataset {
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
