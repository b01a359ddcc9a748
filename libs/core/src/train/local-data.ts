/** The windows a participant holds. They never leave it. */

import { joinWindows } from '../data/join-windows.js';
import { windowCount, type WindowedDataset } from '../data/windows.js';

export interface LocalData {
  /** With the participant's own labels. */
  readonly labelled?: WindowedDataset;
  readonly unlabelled?: WindowedDataset;
  /** Held out, with labels; only for evaluation. */
  readonly test?: WindowedDataset;
}

/** All windows to learn from, without labels; undefined where there are none. */
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
