/** The label files that a task file names. */

import { parseLabelTable, type LabelTable } from '@gaitway/core';
import { dirname, resolve } from 'node:path';
import { readText } from '../data/read-text.js';
import { refuseAbsentFile } from '../files/refuse-absent-file.js';
import type { TaskFile } from './read-task-file.js';

/**
 * The labels of each task that has a file; paths are relative to the task file.
 *
 * @throws InvalidInput for a file that is not there, and for what cannot be read in it, with line and column.
 */
export async function readLabelFiles({ path, plan }: TaskFile): Promise<Readonly<Record<string, LabelTable>>> {
  const tables: Record<string, LabelTable> = {};
  for (const [name, { kind, outputs, labels }] of Object.entries(plan.tasks)) {
    if (labels !== 'activity') {
      const file = resolve(dirname(path), labels.file);
      await refuseAbsentFile(file, 'a label file', { file: path, place: `tasks.${name}.labels.file` });
      tables[name] = parseLabelTable(await readText(file, file), file, { kind, outputs, columns: labels.columns });
    }
  }
  return tables;
}
