/** Parses and checks a task file, with the rules between its keys: the only way to get a multi-task training. */

import { InvalidInput, type Issue } from '../errors.js';
import type { ByHead } from '../model/network-spec.js';
import { coreSharingIssues } from '../model/sharing-issues.js';
import { parseInput } from '../parse-input.js';
import { placedNames, repeatedNames } from '../study/rules/placed-parts.js';
import { studyDefaults } from '../study/schema/schema-values.js';
import { lossWeightIssues } from '../train/loss-weights/loss-weight-issues.js';
import type { LossWeightPlan } from '../train/loss-weights/loss-weight-plan.js';
import type { TrainingLength } from '../train/plan.js';
import type { TaskPlan, TasksPlan } from './task-plan.js';
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

/** All issues between the keys of a task file. */
function tasksIssues(written: WrittenTasks): readonly Issue[] {
  return [
    ...lengthIssues(written),
    ...lossWeightIssues(written.weights, { ...written, heads: Object.keys(written.tasks) }, 'weights'),
    ...coreSharingIssues(written.network).map(({ path, message }) => ({ path: `network.${path}`, message })),
    ...Object.entries(written.tasks).flatMap(([name, task]) => [
      ...outputIssues(task, `tasks.${name}`),
      ...columnIssues(task, `tasks.${name}.labels.column`),
      ...ownHiddenIssues(task, written, `tasks.${name}.hiddenUnits`),
      ...ownWeightIssues(task, written, `tasks.${name}.lossWeight`),
    ]),
  ];
}

function lengthIssues({ epochs, steps }: WrittenTasks): readonly Issue[] {
  if ((epochs === undefined) !== (steps === undefined)) {
    return [];
  }
  return [{ path: 'epochs', message: `expected epochs, or steps; found ${epochs === undefined ? 'neither' : 'both'}` }];
}

function outputIssues(task: WrittenTask, path: string): readonly Issue[] {
  const [names, key] = 'classes' in task ? [task.classes, 'classes'] : [task.outputs, 'outputs'];
  return repeatedNames(placedNames(names, `${path}.${key}`));
}

function columnIssues(task: WrittenTask, path: string): readonly Issue[] {
  if (task.labels === 'activity') {
    return [];
  }
  const { column } = task.labels;
  if ('classes' in task) {
    return column === undefined ? [{ path, message: 'expected the column of the classes, found nothing' }] : [];
  }
  const message = `expected a column for each output, called like it, since there are ${task.outputs.length}; found one`;
  return column === undefined || task.outputs.length === 1 ? [] : [{ path, message }];
}

function ownHiddenIssues({ hiddenUnits }: WrittenTask, { network }: WrittenTasks, path: string): readonly Issue[] {
  const message = `expected none where the tasks share a hidden layer (network.sharedHidden), found ${hiddenUnits}`;
  return hiddenUnits === undefined || !network.sharedHidden ? [] : [{ path, message }];
}

function ownWeightIssues({ lossWeight }: WrittenTask, { weights }: WrittenTasks, path: string): readonly Issue[] {
  const message = 'expected none where `weights` says how losses are weighed, found one';
  return lossWeight === undefined || weights === 'equal' ? [] : [{ path, message }];
}
