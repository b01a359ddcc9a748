/** Windows with the labels of each task. */

import { selectWindows, windowCount, type WindowedDataset } from '../data/windows.js';
import type { ByHead } from '../model/network-spec.js';

export interface TaskWindows {
  /** The windows, without labels. */
  readonly windows: WindowedDataset;
  /** Keyed by task; NaN where a label is missing; shape [window, output]. */
  readonly labels: ByHead<Float32Array>;
}

/** The windows with the given indices, in that order, and their labels. */
export function selectTaskWindows({ windows, labels }: TaskWindows, chosen: Uint32Array): TaskWindows {
  const rowsOf = (targets: Float32Array): Float32Array => {
    const outputs = targets.length / windowCount(windows);
    const rows = new Float32Array(chosen.length * outputs);
    chosen.forEach((window, row) => {
      rows.set(targets.subarray(window * outputs, (window + 1) * outputs), row * outputs);
    });
    return rows;
  };
  return {
    windows: selectWindows(windows, chosen),
    labels: Object.fromEntries(Object.entries(labels).map(([task, targets]) => [task, rowsOf(targets)])),
  };
}

/** Indices of the windows with at least one label in `tasks`, by default in any task. */
export function labelledWindows(
  { windows, labels }: TaskWindows,
  tasks: readonly string[] = Object.keys(labels),
): Uint32Array {
  const count = windowCount(windows);
  const known = new Set<number>();
  for (const task of tasks) {
    const targets = labels[task]!;
    targets.forEach((target, index) => {
      if (!Number.isNaN(target)) {
        known.add(Math.floor((index * count) / targets.length));
      }
    });
  }
  return Uint32Array.from(known).sort();
}
