import { join } from 'node:path';
import { expect, it } from 'vitest';
import { defaultRunFolder } from './run-folder.js';

const now = new Date('2026-03-05T18:04:09.120Z');

it('a run goes to a folder that tells its study and its time', () => {
  expect(defaultRunFolder('motionsense', now)).toBe(join('runs', 'motionsense-20260305-180409'));
});

it.each([
  ['ward 3, night/day', 'ward-3-night-day'],
  ['Gehen im März', 'Gehen-im-März'],
  ['v1.2_b', 'v1.2_b'],
  ['../../etc', '..-..-etc'],
])('the name "%s" stays one folder of any file system', (name, safeName) => {
  expect(defaultRunFolder(name, now)).toBe(join('runs', `${safeName}-20260305-180409`));
});
