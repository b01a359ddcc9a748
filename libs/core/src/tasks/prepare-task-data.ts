/** Prepares the windows of a multi-task training from people's recordings and label files. */

import { normalisationOf } from '../data/normalise.js';
import { InvalidInput, type Issue } from '../errors.js';
import type { Normalisation } from '../inputs/window-inputs.js';
import { createRng } from '../math/random.js';
import { headKinds } from '../model/head-kinds/head-kinds.js';
import { reachOf, type ByHead } from '../model/network-spec.js';
import { holdBackLabels, type HeldBackTasks } from './hold-back-labels.js';
import type { LabelTable } from './label-table.js';
import {
  type PlacedRecording,
  labelledWindows,
  selectTaskWindows,
  type TaskWindows,
  checkLabels,
  labelWindows,
  type Labelling,
} from './task-windows.js';
import type { TaskPlan, TasksPlan } from './task-plan.js';

export interface TaskPeople {
  readonly training: readonly PlacedRecording[];
  /** Recordings of the people who are held out. */
  readonly test: readonly PlacedRecording[];
  /** Label tables of the tasks whose labels are in a file. */
  readonly tables: ByHead<LabelTable>;
}

/** The windows that have a label in at least one task. */
export interface TaskData extends HeldBackTasks {
  /** Windows of people whose data is not trained on. */
  readonly test: TaskWindows;
}

/** The windows of all tasks, normalised. */
export interface PreparedTasks {
  /** Computed from all samples of the training people. */
  readonly normalisation: Normalisation;
  readonly data: TaskData;
}

/**
 * The windows that tasks learn from, validate on and are tested on.
 *
 * @throws InvalidInput for labels that a task or the data do not know, a class without a training window, a task
 *   without a label to validate or to test on, a constant channel, and windows that are too short for the network.
 */
export function prepareTaskData(plan: TasksPlan, people: TaskPeople, windows: Labelling['windows']): PreparedTasks {
  const { training, test, tables } = people;
  const { tasks } = plan;
  checkReach(windows.length, plan);
  checkLabels([...training, ...test], { tasks, tables });
  const normalisation = normalisationOf(training.map(({ recording }) => recording));
  const windowsOf = (placed: readonly PlacedRecording[]): TaskWindows => {
    const normalised = placed.map((each) => ({
      ...each,
      recording: { ...each.recording, inputs: { normalisation, derived: [] } },
    }));
    const all = labelWindows(normalised, { windows, tasks, tables });
    return selectTaskWindows(all, labelledWindows(all));
  };
  const known = windowsOf(training);
  refuse(
    'training people',
    Object.entries(tasks).flatMap(([name, task]) => absentOutputs(known, name, task)),
  );
  const tested = windowsOf(test);
  refuse(
    'test people',
    Object.keys(tasks).flatMap((name) => untested(tested, name)),
  );
  const rng = createRng(plan.seed).fork('tasks', 'validation');
  return { normalisation, data: { ...holdBackLabels(known, tasks, rng), test: tested } };
}

function checkReach(length: number, { network }: TasksPlan): void {
  const reach = reachOf(network);
  if (length < reach) {
    const message = `expected at least ${reach} time steps, the reach of the network's convolutions, found ${length}`;
    refuse('windows', [{ path: 'length', message }]);
  }
}

/**
 * Issues for outputs that no window has anything to teach about: a class or question without a yes, a number without a
 * value.
 */
function absentOutputs({ labels }: TaskWindows, name: string, { kind, outputs }: TaskPlan): readonly Issue[] {
  const { targets } = headKinds[kind];
  const seen = new Set<number>();
  labels[name]!.forEach((target, index) => {
    if (targets === 'numbers' ? !Number.isNaN(target) : target === 1) {
      seen.add(index % outputs.length);
    }
  });
  const key = targets === 'classes' ? 'classes' : 'outputs';
  return outputs.flatMap((output, index) =>
    seen.has(index)
      ? []
      : [{ path: `tasks.${name}.${key}[${index}]`, message: `expected a window of "${output}", found none` }],
  );
}

function untested(windows: TaskWindows, name: string): readonly Issue[] {
  const message = 'expected a window with a label, found none';
  return labelledWindows(windows, [name]).length > 0 ? [] : [{ path: `tasks.${name}`, message }];
}

function refuse(source: string, issues: readonly Issue[]): void {
  if (issues.length > 0) {
    throw new InvalidInput(source, issues);
  }
}
