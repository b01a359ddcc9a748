import { spawnSync } from 'node:child_process';
import { mkdir, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { readStudyFile } from '../study/read-yaml-file.js';
import { readModel } from '../models/model-file.js';
import { readBytes, readText, readWhereThere } from './read-file.js';

it('a file is read as bytes or as text', async () => {
  const path = join(await temporaryFolder(), 'note.txt');
  await writeFile(path, 'Grün');
  expect(await readText(path)).toBe('Grün');
  expect((await readBytes(path)).length).toBe(5);
});

it.runIf(process.platform !== 'win32')(
  'what is no regular file is refused at once, and none is waited for',
  async () => {
    const folder = await temporaryFolder();
    const [pipe, inner] = [join(folder, 'pipe'), join(folder, 'folder')];
    expect(spawnSync('mkfifo', [pipe]).status).toBe(0);
    await mkdir(inner);
    const kinds = {
      [pipe]: 'a device, a pipe or a socket',
      '/dev/zero': 'a device, a pipe or a socket',
      [inner]: 'a folder',
    };
    for (const [path, found] of Object.entries({ ...kinds, [join(folder, 'none')]: 'nothing' })) {
      await expect(readModel(path)).rejects.toThrow(`${path}: expected a model's file, found ${found}`);
      await expect(readStudyFile(path)).rejects.toThrow(`${path}: expected a study file, found ${found}`);
    }
  },
);

it.runIf(process.platform !== 'win32')('a file that is too large is refused for its size', async () => {
  const path = join(await temporaryFolder(), 'study.yaml');
  await writeFile(path, '');
  await truncate(path, 3 * 2 ** 30); // it takes no room on the disk
  await expect(readStudyFile(path)).rejects.toThrow(`${path}: expected a study file, but File size (3221225472)`);
});

it('a file that may be absent is read where it is there, and is absent where another process removes it meanwhile', async () => {
  const path = join(await temporaryFolder(), 'note.txt');
  expect(await readWhereThere(path, readText)).toBeUndefined();
  await writeFile(path, 'there');
  expect(await readWhereThere(path, readText)).toBe('there');
  const removed = async (file: string): Promise<string> => {
    await rm(file);
    return readText(file);
  };
  expect(await readWhereThere(path, removed)).toBeUndefined();
});

it('text in another encoding is refused', async () => {
  const path = join(await temporaryFolder(), 'study.yaml');
  await writeFile(path, Buffer.from('name: Gr\u00fcn', 'latin1'));
  await expect(readStudyFile(path)).rejects.toThrow(`${path}: expected text in UTF-8, found other bytes`);
});
