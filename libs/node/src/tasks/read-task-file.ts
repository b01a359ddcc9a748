/** Reads the file of a training, YAML or JSON: which kind of training it describes, and a multi-task training. */

import { InvalidInput } from '@gaitway/core';
import { parseTasks, type TasksPlan } from '@gaitway/core/tasks';
import { readYamlFile } from '../study/read-yaml-file.js';

/** A pipeline of steps, or tasks that share a core. */
export type TrainingKind = 'pipeline' | 'tasks';

const keyOf: Readonly<Record<TrainingKind, string>> = { pipeline: 'experiment_configs', tasks: 'tasks' };

/**
 * Determines the kind by the key at the top of the file; the rest is not checked.
 *
 * @throws InvalidInput when there is no such file, it is not YAML (with line and column), or it has neither key or
 *   both.
 */
export async function readTrainingKind(path: string): Promise<TrainingKind> {
  const written = await readYamlFile(path, 'pipeline or task file');
  const isObject = typeof written === 'object' && written !== null && !Array.isArray(written);
  const keys = isObject ? Object.keys(written) : [];
  const kinds = (['pipeline', 'tasks'] as const).filter((kind) => keys.includes(keyOf[kind]));
  const [kind, other] = kinds;
  if (kind && !other) {
    return kind;
  }
  const found = kind ? 'both' : keys.join(', ') || 'neither';
  const message = `expected "experiment_configs" (a pipeline) or "tasks" (a multi-task training) at the top, found ${found}`;
  throw new InvalidInput(path, [{ path: '', message }]);
}

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
