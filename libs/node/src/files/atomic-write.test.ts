import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeFileAtomically } from './atomic-write.js';

describe('writeFileAtomically', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gaitway-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('replaces a file and leaves nothing else behind', async () => {
    const path = join(folder, 'result.json');
    await writeFile(path, 'old');
    await writeFileAtomically(path, 'new');
    await writeFileAtomically(join(folder, 'model'), Uint8Array.of(1, 2, 255));
    expect(await readFile(path, 'utf8')).toBe('new');
    expect([...(await readFile(join(folder, 'model')))]).toEqual([1, 2, 255]);
    expect(await readdir(folder)).toEqual(['model', 'result.json']);
  });

  it('writes pieces one after the other, empty ones too', async () => {
    const path = join(folder, 'state');
    const nothing = new Uint8Array();
    await writeFileAtomically(path, [Uint8Array.of(1), nothing, Uint8Array.of(2, 3), nothing]);
    expect([...(await readFile(path))]).toEqual([1, 2, 3]);
    await writeFileAtomically(path, [nothing]);
    expect([...(await readFile(path))]).toEqual([]);
  });

  it('writes text while it is made, and leaves the old file alone where that fails', async () => {
    const path = join(folder, 'table.csv');
    async function* lines(fault?: string): AsyncGenerator<string> {
      yield 'a\n';
      expect(await readdir(folder)).toEqual([expect.stringMatching(/^table\.csv\..*\.tmp$/)]);
      if (fault !== undefined) {
        throw new Error(fault);
      }
      yield 'b\n';
    }
    await expect(writeFileAtomically(path, lines('no more'))).rejects.toThrow('no more');
    expect(await readdir(folder)).toEqual([]);
    await writeFileAtomically(path, lines());
    expect(await readFile(path, 'utf8')).toBe('a\nb\n');
  });

  it('leaves the old file whole when the new one cannot be written', async () => {
    // No name can be longer than 255 bytes, so there is no room for a temporary file beside this one.
    const path = join(folder, 'n'.repeat(255));
    await writeFile(path, 'old');
    await expect(writeFileAtomically(path, 'new')).rejects.toThrow('ENAMETOOLONG');
    expect(await readFile(path, 'utf8')).toBe('old');
  });

  it('removes its temporary file when it cannot be renamed', async () => {
    const path = join(folder, 'taken');
    await mkdir(path);
    await writeFile(join(path, 'inside'), 'old');
    await expect(writeFileAtomically(path, 'new')).rejects.toThrow(/EISDIR|ENOTEMPTY|EEXIST|EPERM/);
    expect(await readdir(folder)).toEqual(['taken']);
    expect(await readFile(join(path, 'inside'), 'utf8')).toBe('old');
  });
});
