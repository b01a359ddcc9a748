/** The only way into a multi-task training. */

import { InvalidInput, type Issue } from '../errors.js';
import type { ByHead } from '../model/network-spec.js';
import { parseInput } from '../parse-input.js';
import type { TrainingLength } from '../train/plan.js';
import { lossWeightRule } from './loss-weight-rule.js';
import type { TaskPlan, TasksPlan, WeightPlan } from './task-plan.js';
import { tasksIssues } from './tasks-rules.js';
import { tasksSchema, type WrittenTask, type WrittenTasks } from './tasks-schema.js';

/**
 * The training that `input` (parsed YAML or JSON) describes, with every default filled in.
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
  refuse(source, tasksIssues(written));
  const { name, seed, batch, optimizer, network } = written;
  const weights = weightPlan(written);
  refuse(source, weightIssues(weights, Object.keys(written.tasks)));
  const tasks = mapTasks(written.tasks, taskPlan);
  return { name, seed, length: lengthOf(written), batch, optimizer, network, weights, tasks };
}

function refuse(source: string, issues: readonly Issue[]): void {
  if (issues.length > 0) {
    throw new InvalidInput(source, issues);
  }
}

function lengthOf({ epochs, steps }: WrittenTasks): TrainingLength {
  return epochs === undefined ? { steps: steps! } : { epochs };
}

function weightPlan({ weights, tasks }: WrittenTasks): WeightPlan {
  if (weights === 'equal') {
    return { kind: 'fixed', weights: mapTasks(tasks, ({ lossWeight }) => lossWeight ?? 1) };
  }
  if (typeof weights === 'string') {
    return { kind: weights };
  }
  const { fixed, schedule } = weights;
  return fixed ? { kind: 'fixed', weights: fixed } : { kind: 'scheduled', points: schedule! };
}

/** What the rule itself has to say against the plan, at the place where the file says it. */
function weightIssues(plan: WeightPlan, tasks: readonly string[]): readonly Issue[] {
  const place = plan.kind === 'scheduled' ? 'weights.schedule' : 'weights.fixed';
  try {
    lossWeightRule(plan).init(tasks);
    return [];
  } catch (error) {
    if (error instanceof InvalidInput) {
      return error.issues.map(({ path, message }) => ({ path: `${place}.${path}`, message }));
    }
    throw error;
  }
}

function taskPlan(task: WrittenTask): TaskPlan {
  const { kind, labels, hiddenUnits } = task;
  const outputs = task.kind === 'exclusive' ? task.classes : task.outputs;
  if (labels === 'activity') {
    return { kind, outputs, labels, hiddenUnits };
  }
  const columns = labels.column === undefined ? outputs : [labels.column];
  return { kind, outputs, labels: { file: labels.file, columns }, hiddenUnits };
}

function mapTasks<T>(tasks: ByHead<WrittenTask>, valueOf: (task: WrittenTask) => T): ByHead<T> {
  return Object.fromEntries(Object.entries(tasks).map(([name, task]) => [name, valueOf(task)]));
}
