/** What the keys of a task file must be to each other. */

import type { Issue } from '../errors.js';
import { placedNames, repeatedNames } from '../study/repeated-names.js';
import type { WrittenTask, WrittenTasks } from './tasks-schema.js';

/** Everything that is wrong between the keys of a task file. */
export function tasksIssues(written: WrittenTasks): readonly Issue[] {
  return [
    ...exactlyOne(written, ['epochs', 'steps']),
    ...(typeof written.weights === 'object' ? exactlyOne(written.weights, ['fixed', 'schedule'], 'weights') : []),
    ...Object.entries(written.tasks).flatMap(([name, task]) => [
      ...outputIssues(task, `tasks.${name}`),
      ...columnIssues(task, `tasks.${name}.labels.column`),
      ...lossWeightIssues(task, written, `tasks.${name}.lossWeight`),
    ]),
  ];
}

function exactlyOne(value: object, keys: readonly [string, string], path = ''): readonly Issue[] {
  const found = keys.filter((key) => key in value).length;
  const message = `expected ${keys.join(', or ')}; found ${found === 0 ? 'neither' : 'both'}`;
  return found === 1 ? [] : [{ path: path || keys[0], message }];
}

function outputIssues(task: WrittenTask, path: string): readonly Issue[] {
  const [names, key] = task.kind === 'exclusive' ? [task.classes, 'classes'] : [task.outputs, 'outputs'];
  return repeatedNames(placedNames(names, `${path}.${key}`));
}

function columnIssues(task: WrittenTask, path: string): readonly Issue[] {
  if (task.labels === 'activity') {
    return [];
  }
  const { column } = task.labels;
  if (task.kind === 'exclusive') {
    return column === undefined ? [{ path, message: 'expected the column of the classes, found nothing' }] : [];
  }
  const message = `expected a column for each output, called like it, since there are ${task.outputs.length}; found one`;
  return column === undefined || task.outputs.length === 1 ? [] : [{ path, message }];
}

function lossWeightIssues({ lossWeight }: WrittenTask, { weights }: WrittenTasks, path: string): readonly Issue[] {
  const message = 'expected none where `weights` says how losses are weighed, found one';
  return lossWeight === undefined || weights === 'equal' ? [] : [{ path, message }];
}
