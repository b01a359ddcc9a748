/** Reads a multi-task training from its file, YAML or JSON. */

import { parseTasks, type TasksPlan } from '@gaitway/core';
import { readYamlFile } from '../study/read-yaml-file.js';

export interface TaskFile {
  readonly path: string;
  readonly plan: TasksPlan;
}

/**
 * @param seed - Replaces the seed in the file.
 * @throws InvalidInput when there is no such file, it is not YAML (with line and column), or it is not a valid
 *   training.
 */
export async function readTaskFile(path: string, seed?: number): Promise<TaskFile> {
  const plan = parseTasks(await readYamlFile(path, 'task file'), path);
  return { path, plan: seed === undefined ? plan : { ...plan, seed } };
}
