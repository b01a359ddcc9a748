/** Holds windows of several tasks back from training, which choose the best epoch. */

import { InvalidInput, type Issue } from '../errors.js';
import type { Rng } from '../math/random.js';
import { headKinds } from '../model/head-kinds/head-kinds.js';
import type { ByHead } from '../model/network-spec.js';
import { drawHeldBack } from '../pipeline/held-back.js';
import type { TaskPlan } from './task-plan.js';
import { labelledWindows, selectTaskWindows, type TaskWindows } from './task-windows.js';

export interface HeldBackTasks {
  readonly training: TaskWindows;
  readonly validation: TaskWindows;
}

/**
 * Draws a tenth of the windows for validation, separately among the windows that have labels in the same tasks, so that
 * a task with few labels is validated too. The last window with a given combination of labels is never held back.
 *
 * @throws InvalidInput naming each task that has no two windows of which one can be held back.
 */
export function holdBackLabels(known: TaskWindows, tasks: ByHead<TaskPlan>, rng: Rng): HeldBackTasks {
  const held = new Set<number>();
  for (const [pattern, windows] of windowsByPattern(known)) {
    const groupOf = groupsOf(windows.map((window) => labelsText(known, tasks, window)));
    for (const place of drawHeldBack(groupOf, rng.fork(pattern))) {
      held.add(windows[place]!);
    }
  }
  const all = Uint32Array.from(known.windows.startOf.keys());
  const training = selectTaskWindows(
    known,
    all.filter((window) => !held.has(window)),
  );
  const validation = selectTaskWindows(
    known,
    all.filter((window) => held.has(window)),
  );
  requireEachTask(validation, Object.keys(tasks));
  return { training, validation };
}

function windowsByPattern(known: TaskWindows): ReadonlyMap<string, readonly number[]> {
  const windows = new Map<string, number[]>();
  known.windows.startOf.forEach((_, window) => {
    const pattern = Object.keys(known.labels)
      .map((task) => Array.from(rowOf(known, task, window), (target) => (Number.isNaN(target) ? '?' : '+')).join(''))
      .join(' ');
    const alike = windows.get(pattern) ?? [];
    alike.push(window);
    windows.set(pattern, alike);
  });
  return windows;
}

/** Windows with the same text are alike; labels that are numbers do not distinguish windows. */
function labelsText(known: TaskWindows, tasks: ByHead<TaskPlan>, window: number): string {
  return Object.entries(tasks)
    .map(([task, { kind }]) => (headKinds[kind].targets === 'numbers' ? '' : rowOf(known, task, window).join()))
    .join(' ');
}

function rowOf({ windows, labels }: TaskWindows, task: string, window: number): Float32Array {
  const outputs = labels[task]!.length / windows.startOf.length;
  return labels[task]!.subarray(window * outputs, (window + 1) * outputs);
}

function groupsOf(texts: readonly string[]): Uint32Array {
  const numbers = new Map([...new Set(texts)].map((text, number) => [text, number]));
  return Uint32Array.from(texts, (text) => numbers.get(text)!);
}

function requireEachTask(validation: TaskWindows, tasks: readonly string[]): void {
  const issues = tasks
    .filter((task) => labelledWindows(validation, [task]).length === 0)
    .map((task): Issue => {
      const message = 'expected at least 2 windows with the same label, one to learn from and one to validate on';
      return { path: `tasks.${task}`, message: `${message}; found no two` };
    });
  if (issues.length > 0) {
    throw new InvalidInput('training people', issues);
  }
}
