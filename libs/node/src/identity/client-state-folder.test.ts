import { InvalidInput } from '@gaitway/core';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { clientStateFolder, readSession, writeIdentity } from './client-state-folder.js';

const coordinator = 'http://127.0.0.1:7070';

describe("a client's state", () => {
  it('has its identity, for its owner only', async () => {
    const path = join(await temporaryFolder(), 'ann');
    expect(await clientStateFolder(path).readSession('ann', coordinator)).toBeUndefined();
    await clientStateFolder(path).writeIdentity({ client: 'ann', coordinator, session: 's1' });
    expect(await clientStateFolder(path).readSession('ann', coordinator)).toBe('s1');
    expect((await stat(path)).mode & 0o777).toBe(0o700);
    expect(await readdir(path)).toEqual(['identity.json']);
    await expect(clientStateFolder(path).readSession('ben', coordinator)).rejects.toThrow('expected "ben"');
  });

  it('is refused where a file is in its place', async () => {
    const folder = await temporaryFolder({ 'ann.json': '{}' });
    await expect(clientStateFolder(join(folder, 'ann.json')).readSession('ann', coordinator)).rejects.toThrow(
      'expected a folder, found a file: choose another name',
    );
  });

  it('has a memory for each study, and forgets those that are finished', async () => {
    const path = await temporaryFolder();
    const state = clientStateFolder(path);
    const [first, second] = [state.memoryOf('a1'), clientStateFolder(path).memoryOf('b2')];
    for (const memory of [first, second]) {
      await mkdir(memory, { recursive: true });
      await writeFile(join(memory, 'kept'), '');
    }
    await state.forget();
    expect(await readdir(join(path, 'memory'))).toEqual(['b2']);
  });
});

describe("a client's identity", () => {
  it('comes back from its file, which others cannot read', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'ann.json');
    expect(await readSession(path, 'ann', coordinator)).toBeUndefined();
    await writeIdentity(path, { client: 'ann', coordinator, session: 's1' });
    await writeIdentity(path, { client: 'ann', coordinator, session: 's2' });
    expect(await readSession(path, 'ann', coordinator)).toBe('s2');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['ann.json']);
    expect(JSON.parse(await readFile(path, 'utf8'))).toEqual({ client: 'ann', coordinator, session: 's2' });
  });

  it('is not shown to another coordinator', async () => {
    const path = join(await temporaryFolder(), 'ann.json');
    await writeIdentity(path, { client: 'ann', coordinator, session: 's1' });
    expect(await readSession(path, 'ann', 'http://elsewhere:7070')).toBeUndefined();
  });

  it.each([
    [
      '{"client":"ben","coordinator":"c","session":"s"}',
      'client: expected "ann", the name of this client, found "ben"',
    ],
    ['{"client":"ann"', 'expected JSON'],
    ['{"client":"ann","coordinator":"c"}', 'session: expected'],
  ])('is refused where the file holds %s', async (text, reason) => {
    const path = join(await temporaryFolder(), 'ann.json');
    await writeFile(path, text);
    await expect(readSession(path, 'ann', coordinator)).rejects.toThrow(InvalidInput);
    await expect(readSession(path, 'ann', coordinator)).rejects.toThrow(reason);
  });

  it('is refused where the file is a folder', async () => {
    const path = join(await temporaryFolder(), 'ann.json');
    await mkdir(path);
    await expect(readSession(path, 'ann', coordinator)).rejects.toThrow('cannot be read: EISDIR');
  });
});
