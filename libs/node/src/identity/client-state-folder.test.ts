import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { clientStateFolder } from './client-state-folder.js';

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
