/** Soft labels from a teacher: predicted once for each teacher and set of windows, then kept. */

import { selectWindows, type WindowedDataset } from '../data/windows.js';
import { createNetwork } from '../model/network.js';
import type { NetworkSpec } from '../model/network-spec.js';
import type { SelectionRule } from './plan.js';
import { predictActivities } from './predict.js';
import { selectConfident } from './pseudo-labels.js';
import type { Teacher } from './task.js';

export interface TeachingRequest {
  readonly teacher: Teacher;
  readonly network: NetworkSpec;
  readonly selection: SelectionRule;
}

/** The windows of which a teacher is sure enough, with its whole probability vectors as labels. */
export type TeacherLabeller = (request: TeachingRequest, signal: AbortSignal) => Promise<WindowedDataset>;

/** A labeller of these windows. It remembers the newest teacher's probabilities. */
export function teacherLabeller(windows: WindowedDataset): TeacherLabeller {
  let kept: { readonly digest: string; readonly probabilities: Float32Array } | undefined;
  return async ({ teacher, network, selection }, signal) => {
    if (kept?.digest !== teacher.digest) {
      const probabilities = await predictActivities(createNetwork(network), teacher.parameters, windows, signal);
      kept = { digest: teacher.digest, probabilities };
    }
    const { probabilities } = kept;
    const chosen = selectConfident(probabilities, probabilities.length / windows.startOf.length, selection);
    return selectWindows({ ...windows, labels: probabilities }, chosen);
  };
}
