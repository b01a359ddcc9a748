import { mkdir, readdir, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { clientMemoryContract } from '@gaitway/core/contracts/client-memory';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../testing/temporary-folder.js';
import { clientFolder, memoryInFolder } from './memory-folder.js';

clientMemoryContract('a folder', async () => {
  const folder = join(await temporaryFolder(), 'ann');
  return () => memoryInFolder(folder);
});

const state = { residual: Float32Array.of(0.5, -1) };

async function withOneState(): Promise<{ readonly folder: string; readonly path: string }> {
  const folder = await temporaryFolder();
  await memoryInFolder(folder).keep({ stage: 'student', round: 7, since: 0 }, state);
  return { folder, path: join(folder, 'student', '7.memory') };
}

describe('a memory in a folder', () => {
  it('is for its owner only, and holds no file but its states', async () => {
    const { folder, path } = await withOneState();
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder, { recursive: true })).toEqual(['student', join('student', '7.memory')]);
  });

  it('tells a file that was cut short anywhere as damaged', async () => {
    const { folder, path } = await withOneState();
    const { size } = await stat(path);
    for (let length = size - 1; length >= 0; length -= 7) {
      await truncate(path, length);
      expect(await memoryInFolder(folder).recall('student', 7)).toBe('damaged');
    }
  });

  it('tells a file with another bit as damaged, and so one that is something else', async () => {
    const { folder, path } = await withOneState();
    const bytes = await readFile(path);
    bytes[bytes.length - 1]! ^= 1;
    await writeFile(path, bytes);
    expect(await memoryInFolder(folder).recall('student', 7)).toBe('damaged');
    await writeFile(path, '{}');
    expect(await memoryInFolder(folder).recall('student', 7)).toBe('damaged');
  });

  it('says so where a file cannot be read', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'student', '7.memory'), { recursive: true });
    await expect(memoryInFolder(folder).recall('student', 7)).rejects.toThrow('expected a file, found a folder');
  });

  it('removes what a process that was killed had half written', async () => {
    const { folder, path } = await withOneState();
    await writeFile(`${path}.0d4bd3c2-7a34-4f3e-9d7c-0123456789ab.tmp`, 'half');
    await memoryInFolder(folder).keep({ stage: 'student', round: 8, since: 7 }, state);
    expect((await readdir(join(folder, 'student'))).sort()).toEqual(['7.memory', '8.memory']);
  });

  it('has a folder of its own for each client, whatever the name', () => {
    const folders = ['ann', 'Ann', '../ann', 'a/b', '.', '__proto__'].map((name) => clientFolder('memory', name));
    expect(new Set(folders.map((folder) => folder.toLowerCase())).size).toBe(folders.length);
    folders.forEach((folder) => {
      expect(folder).toMatch(/^memory[/\\][0-9a-f]{64}$/);
    });
  });
});
