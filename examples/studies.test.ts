import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readStudyFile } from '@gaitway/node';
import { expect, it } from 'vitest';

const folder = join(import.meta.dirname, 'studies');

it.each(readdirSync(folder))('%s is a study of the three stages of SelfHAR', async (file) => {
  const study = await readStudyFile(join(folder, file));
  expect(`${study.name}.yaml`).toBe(file);
  expect(study.stages.map(({ name, where }) => [name, where])).toEqual([
    ['teacher', 'coordinator'],
    ['student', 'clients'],
    ['fine-tune', 'coordinator'],
  ]);
});
