import { InvalidInput } from '@gaitway/core';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { noFiles } from '../testing/no-files.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { clientStateFolder } from './client-state-folder.js';
import { createEnrolmentCode } from './enrolment-code.js';
import { createKeyPair } from './key-pair.js';

const [first, second] = [createKeyPair().fingerprint, createKeyPair().fingerprint];

describe("a client's state", () => {
  it('has its identity, for its owner only', async () => {
    const path = join(await temporaryFolder(), 'ann');
    const { keys, coordinator, code } = await clientStateFolder(path).identity('ann', undefined);
    expect({ coordinator, code }).toEqual({});
    expect((await stat(path)).mode & 0o777).toBe(0o700);
    expect(await readdir(path)).toEqual(['identity.json']);
    expect((await stat(join(path, 'identity.json'))).mode & 0o777).toBe(0o600);
    expect((await clientStateFolder(path).identity('ann', undefined)).keys.publicKey).toBe(keys.publicKey);
    await expect(clientStateFolder(path).identity('ben', undefined)).rejects.toThrow('expected "ben"');
  });

  it('is refused where a file is in its place', async () => {
    const folder = await temporaryFolder({ 'ann.json': '{}' });
    await expect(clientStateFolder(join(folder, 'ann.json')).identity('ann', undefined)).rejects.toThrow(
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

describe("a client's coordinator", () => {
  it('is the first that it meets, until the study is finished', async () => {
    const path = await temporaryFolder();
    const { keys, onCoordinator } = await clientStateFolder(path).identity('ann', undefined);
    await onCoordinator(first);
    const state = clientStateFolder(path);
    expect(await state.identity('ann', undefined)).toMatchObject({ coordinator: first });
    await state.forget();
    const after = await clientStateFolder(path).identity('ann', undefined);
    expect(after.coordinator).toBeUndefined();
    expect(after.keys.publicKey).toBe(keys.publicKey);
  });

  it('is the one that a code names, until another code names another', async () => {
    const path = await temporaryFolder();
    const code = createEnrolmentCode('ann', first);
    const state = clientStateFolder(path);
    expect(await state.identity('ann', code)).toMatchObject({ coordinator: first, code: code.secret });
    await state.forget();
    const { keys, coordinator } = await clientStateFolder(path).identity('ann', undefined);
    expect(coordinator).toBe(first);
    const moved = await clientStateFolder(path).identity('ann', createEnrolmentCode('ann', second));
    expect(moved).toMatchObject({ coordinator: second, keys: { publicKey: keys.publicKey } });
  });
});

describe("a client's identity", () => {
  it.each([
    ['{"client":"ben","key":"k","enrolled":false}', 'client: expected "ann", the name of this client, found "ben"'],
    ['{"client":"ann"', 'expected JSON'],
    ['{"client":"ann","enrolled":false}', 'key: expected'],
    ['{"client":"ann","key":"k","enrolled":false}', 'expected a private Ed25519 key in PEM, found none'],
  ])('is refused where the file holds %s', async (text, reason) => {
    const path = await temporaryFolder({ 'identity.json': text });
    await expect(clientStateFolder(path).identity('ann', undefined)).rejects.toThrow(InvalidInput);
    await expect(clientStateFolder(path).identity('ann', undefined)).rejects.toThrow(reason);
    expect(await readFile(join(path, 'identity.json'), 'utf8')).toBe(text);
  });

  it.runIf(process.platform !== 'win32')('is refused where something else is in the place of its file', async () => {
    for (const { found, put } of noFiles) {
      const path = await temporaryFolder();
      put(join(path, 'identity.json'));
      const identity = clientStateFolder(path).identity('ann', undefined);
      await expect(identity).rejects.toThrow(`identity.json: expected a file, found ${found}`);
    }
  });

  it('is refused where its file is in another encoding', async () => {
    const path = await temporaryFolder({ 'identity.json': Buffer.from('{"client":"Gr\u00fcn"}', 'latin1') });
    await expect(clientStateFolder(path).identity('ann', undefined)).rejects.toThrow('expected text in UTF-8');
  });
});
