import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { readTrainingKind } from './read-task-file.js';

async function kindOf(text: string): Promise<string> {
  const path = join(await temporaryFolder(), 'training.yaml');
  await writeFile(path, text);
  return readTrainingKind(path);
}

it('a file with tasks is a multi-task training, one with steps a pipeline', async () => {
  expect(await kindOf('name: a\ntasks: {}')).toBe('tasks');
  expect(await kindOf('{"tag": "a", "experiment_configs": []}')).toBe('pipeline');
});

it.each([
  ['name: a\nstages: selfhar', 'found name, stages'],
  ['tasks: {}\nexperiment_configs: []', 'found both'],
  ['- 1', 'found neither'],
  ['', 'found neither'],
])('a file that says %j is neither, and both are named', async (text, found) => {
  await expect(kindOf(text)).rejects.toThrow(
    `expected "experiment_configs" (a pipeline) or "tasks" (a multi-task training) at the top, ${found}`,
  );
});

it('a file that is not there is said to be missing', async () => {
  await expect(readTrainingKind('nowhere.yaml')).rejects.toThrow(
    'nowhere.yaml: expected a pipeline or task file, found nothing',
  );
});
