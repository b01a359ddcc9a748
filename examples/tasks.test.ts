import { readTaskFile } from '@gaitway/node';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';

const folder = join(import.meta.dirname, 'tasks');

it.each(readdirSync(folder))('%s is a task file', async (file) => {
  const { plan } = await readTaskFile(join(folder, file));
  expect(`${plan.name}.yaml`).toBe(file);
  expect(Object.keys(plan.tasks).length).toBeGreaterThan(1);
});

it('the task file of docs/multi-task.md can be read', async () => {
  const page = readFileSync(join(import.meta.dirname, '../docs/multi-task.md'), 'utf8');
  const [, text = ''] = /^```yaml\n(.*?)^```/ms.exec(page) ?? [];
  const temporary = mkdtempSync(join(tmpdir(), 'gaitway-'));
  onTestFinished(() => {
    rmSync(temporary, { recursive: true });
  });
  const path = join(temporary, 'tasks.yaml');
  writeFileSync(path, text);
  const { plan } = await readTaskFile(path);
  expect(Object.keys(plan.tasks)).toEqual(['activity', 'tags', 'speed']);
});
