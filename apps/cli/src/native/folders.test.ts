import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { moveInto, removeStale } from './folders.js';

let parent = '';
let final = '';

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'gaitway-native-'));
  final = join(parent, 'tensorflow');
});
afterEach(() => {
  rmSync(parent, { recursive: true });
});

it('removes what a killed installation left, and leaves a running one and the finished backend alone', () => {
  const { pid: ended } = spawnSync(process.execPath, ['-e', '']);
  for (const name of [`building-${ended}`, `building-${process.pid}`, 'tensorflow']) {
    mkdirSync(join(parent, name, 'node_modules'), { recursive: true });
  }
  removeStale(final);
  expect(readdirSync(parent).sort()).toEqual([`building-${process.pid}`, 'tensorflow']);
});

it('has nothing to remove where nothing was ever installed', () => {
  expect(() => {
    removeStale(join(parent, 'not', 'there'));
  }).not.toThrow();
});

it('puts a built backend in the place of the old one', async () => {
  for (const [folder, content] of [
    [final, 'old'],
    [join(parent, 'building-1'), 'new'],
  ] as const) {
    mkdirSync(folder);
    writeFileSync(join(folder, 'version'), content);
  }
  await moveInto(final, join(parent, 'building-1'));
  expect(readFileSync(join(final, 'version'), 'utf8')).toBe('new');
  expect(existsSync(join(parent, 'building-1'))).toBe(false);
});
