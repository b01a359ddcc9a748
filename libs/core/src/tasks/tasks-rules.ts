/** Rules between the keys of a task file. */

import type { Issue } from '../errors.js';
import { coreSharingIssues } from '../model/sharing-issues.js';
import { placedNames, repeatedNames } from '../study/rules/repeated-names.js';
import { lossWeightIssues } from '../train/loss-weights/loss-weight-issues.js';
import type { WrittenTask, WrittenTasks } from './tasks-schema.js';

/** All issues between the keys of a task file. */
export function tasksIssues(written: WrittenTasks): readonly Issue[] {
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
