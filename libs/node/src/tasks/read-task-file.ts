/** A multi-task training from its file, YAML or JSON. */

import { parseTasks, type TasksPlan } from '@gaitway/core';
import { readYamlFile } from '../study/read-yaml-file.js';

export interface TaskFile {
  readonly path: string;
  readonly plan: TasksPlan;
}

/**
 * @param seed - Takes the place of the file's.
 * @throws InvalidInput when there is no such file, it is no YAML (with line and column), or it is no valid training.
 */
export async function readTaskFile(path: string, seed?: number): Promise<TaskFile> {
  const plan = parseTasks(await readYamlFile(path, 'task file'), path);
  return { path, plan: seed === undefined ? plan : { ...plan, seed } };
}
