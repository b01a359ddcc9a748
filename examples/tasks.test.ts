import { parseTasks } from '@gaitway/core';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';

const folder = join(import.meta.dirname, 'tasks');

it.each(readdirSync(folder).filter((file) => file.endsWith('.yaml')))('%s is a task file', (file) => {
  const plan = parseTasks(parse(readFileSync(join(folder, file), 'utf8')), file);
  expect(`${plan.name}.yaml`).toBe(file);
  expect(Object.keys(plan.tasks).length).toBeGreaterThan(1);
});

it('the task file of docs/multi-task.md can be read', () => {
  const page = readFileSync(join(import.meta.dirname, '../docs/multi-task.md'), 'utf8');
  const [, text = ''] = /^```yaml\n(.*?)^```/ms.exec(page) ?? [];
  expect(Object.keys(parseTasks(parse(text), 'docs/multi-task.md').tasks)).toEqual(['activity', 'tags', 'speed']);
});
