/** How many windows have a label of each task. */

import { labelledWindows, type TaskData } from '@gaitway/core';
import type { WindowCounts } from './tasks-result.js';

/** By task, in the plan's order. */
export function labelCounts({ training, validation, test }: TaskData): Readonly<Record<string, WindowCounts>> {
  const counts = (task: string): WindowCounts => ({
    training: labelledWindows(training, [task]).length,
    validation: labelledWindows(validation, [task]).length,
    test: labelledWindows(test, [task]).length,
  });
  return Object.fromEntries(Object.keys(training.labels).map((task) => [task, counts(task)]));
}
