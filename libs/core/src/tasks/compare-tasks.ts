/** Compares tasks that are trained jointly, on a shared core, with the same tasks trained alone. */

import type { Rng } from '../math/random.js';
import { quantile, type Interval } from '../metrics/people-intervals.js';
import type { ByHead } from '../model/network-spec.js';
import { figureName, taskFigure, type TaskFigure } from './task-figures.js';
import type { TaskKind, TaskPlan } from './task-plan.js';
import { labelledWindows, type TaskWindows } from './task-windows.js';

const LEVEL = 0.95;
const RESAMPLES = 1000;

/** The smallest difference that counts as clear where there are too few people for an interval. */
export const CLEAR_MARGIN = 0.02;

/** The effect of joint training on a task: worse, better, or no difference that can be distinguished from chance. */
export type Verdict = 'negative transfer' | 'positive transfer' | 'no clear difference';

/** The comparison for a task that was trained alone too. */
export interface Transfer {
  readonly alone: number | null;
  /** Joint minus alone; `null` where one of them is undefined. */
  readonly difference: number | null;
  /**
   * 95 % interval of the difference, from test people resampled with replacement; absent where there are fewer than
   * two.
   */
  readonly interval?: Interval;
  /** The interval where there is one, else a margin of 0.02. */
  readonly decidedBy: 'interval' | 'margin';
  readonly verdict: Verdict;
}

export interface TaskReport {
  readonly task: string;
  readonly kind: TaskKind;
  /** Name of the figure; the higher, the better. */
  readonly figure: string;
  /** Number of test windows with a label of the task. */
  readonly windows: number;
  /** `null` where the figure is undefined on these windows. */
  readonly joint: number | null;
  /** Absent where the task was not trained alone. */
  readonly transfer?: Transfer;
}

export interface Compared {
  /** Predictions of the joint training, keyed by task; shape [window, output]. */
  readonly joint: ByHead<Float32Array>;
  /** Predictions of each task that was trained alone, keyed by task. */
  readonly alone: ByHead<Float32Array>;
  /** Random source of the resampling. */
  readonly rng: Rng;
}

/** The figures of each task on the test windows, trained jointly and, for those that were, trained alone. */
export function compareTasks(
  tasks: ByHead<TaskPlan>,
  test: TaskWindows,
  { joint, alone, rng }: Compared,
): readonly TaskReport[] {
  return Object.entries(tasks).map(([task, { kind, outputs }]) => {
    const windows = labelledWindows(test, [task]);
    const figureOf = (predictions: Float32Array): TaskFigure =>
      taskFigure(kind, { targets: test.labels[task]!, predictions, outputs: outputs.length });
    const jointly = figureOf(joint[task]!);
    const report = { task, kind, figure: figureName(kind), windows: windows.length, joint: jointly(windows) };
    const own = alone[task];
    if (!own) {
      return report;
    }
    const sides = { joint: jointly, alone: figureOf(own) };
    return { ...report, transfer: transferOf(sides, byPerson(test, windows), rng.fork(task)) };
  });
}

interface Sides {
  readonly joint: TaskFigure;
  readonly alone: TaskFigure;
}

function transferOf({ joint, alone }: Sides, people: readonly Uint32Array[], rng: Rng): Transfer {
  const differenceOf = (windows: Uint32Array): number | null => {
    const [together, apart] = [joint(windows), alone(windows)];
    return together === null || apart === null ? null : together - apart;
  };
  const all = joined(people);
  const difference = differenceOf(all);
  const interval = intervalOf(differenceOf, people, rng);
  return {
    alone: alone(all),
    difference,
    ...(interval && { interval }),
    decidedBy: interval ? 'interval' : 'margin',
    verdict: verdictOf(difference, interval),
  };
}

/** Both trainings are evaluated on the same resamples of people, so variation that both share cancels. */
function intervalOf(figureOf: TaskFigure, people: readonly Uint32Array[], rng: Rng): Interval | undefined {
  if (people.length < 2) {
    return undefined;
  }
  const drawn = Array.from({ length: RESAMPLES }, () =>
    figureOf(joined(people.map(() => people[rng.integer(people.length)]!))),
  ).filter((figure) => figure !== null);
  const sorted = Float64Array.from(drawn).sort();
  return sorted.length === 0
    ? undefined
    : { low: quantile(sorted, (1 - LEVEL) / 2), high: quantile(sorted, (1 + LEVEL) / 2) };
}

function verdictOf(difference: number | null, interval: Interval | undefined): Verdict {
  const { low, high } = interval ?? { low: (difference ?? 0) - CLEAR_MARGIN, high: (difference ?? 0) + CLEAR_MARGIN };
  if (high < 0) {
    return 'negative transfer';
  }
  return low > 0 ? 'positive transfer' : 'no clear difference';
}

function byPerson({ windows }: TaskWindows, chosen: Uint32Array): readonly Uint32Array[] {
  const personOf = (window: number): string => windows.recordings[windows.recordingOf[window]!]!.subject;
  const people = new Set(Array.from(chosen, personOf));
  return [...people].map((person) => chosen.filter((window) => personOf(window) === person));
}

function joined(parts: readonly Uint32Array[]): Uint32Array {
  const whole = new Uint32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
