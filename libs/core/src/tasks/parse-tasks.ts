/** Parses and checks a task file: the only way to get a multi-task training. */

import { InvalidInput } from '../errors.js';
import type { ByHead } from '../model/network-spec.js';
import { parseInput } from '../parse-input.js';
import { studyDefaults } from '../study/schema/defaults.js';
import type { LossWeightPlan } from '../train/loss-weights/loss-weight-plan.js';
import type { TrainingLength } from '../train/plan.js';
import type { TaskPlan, TasksPlan } from './task-plan.js';
import { tasksIssues } from './tasks-rules.js';
import { tasksSchema, type WrittenTask, type WrittenTasks } from './tasks-schema.js';

/**
 * The training that `input` (parsed YAML or JSON) describes, with all defaults filled in.
 *
 * @param source - Where it was read from, for messages.
 * @throws InvalidInput with all issues: first those of single values, then those between them.
 *
 * @example
 * parseTasks(
 *   {
 *     name: 'two tasks',
 *     epochs: 10,
 *     tasks: {
 *       activity: { kind: 'exclusive', classes: ['sit', 'walk'], labels: 'activity' },
 *       speed: { kind: 'regression', outputs: ['metres per second'], labels: { file: 'speed.csv', column: 'speed' } },
 *     },
 *   },
 *   'tasks.yaml',
 * );
 */
export function parseTasks(input: unknown, source: string): TasksPlan {
  const written = parseInput(tasksSchema, input, source);
  const issues = tasksIssues(written);
  if (issues.length > 0) {
    throw new InvalidInput(source, issues);
  }
  const { name, seed, batch, optimizer, network } = written;
  const weights = weightPlan(written);
  const ownUnits = network.sharedHidden ? 0 : studyDefaults.model.headUnits.activity;
  const tasks = mapTasks(written.tasks, (task) => taskPlan(task, ownUnits));
  return { name, seed, length: lengthOf(written), batch, optimizer, network, weights, tasks };
}

function lengthOf({ epochs, steps }: WrittenTasks): TrainingLength {
  return epochs === undefined ? { steps: steps! } : { epochs };
}

function weightPlan({ weights, tasks }: WrittenTasks): LossWeightPlan {
  const own = { fixed: mapTasks(tasks, ({ lossWeight }) => lossWeight ?? 1) };
  return weights === 'equal' ? own : weights;
}

function taskPlan(task: WrittenTask, defaultUnits: number): TaskPlan {
  const { kind, labels, hiddenUnits = defaultUnits } = task;
  const outputs = 'classes' in task ? task.classes : task.outputs;
  if (labels === 'activity') {
    return { kind, outputs, labels, hiddenUnits };
  }
  const columns = labels.column === undefined ? outputs : [labels.column];
  return { kind, outputs, labels: { file: labels.file, columns }, hiddenUnits };
}

function mapTasks<T>(tasks: ByHead<WrittenTask>, valueOf: (task: WrittenTask) => T): ByHead<T> {
  return Object.fromEntries(Object.entries(tasks).map(([name, task]) => [name, valueOf(task)]));
}
