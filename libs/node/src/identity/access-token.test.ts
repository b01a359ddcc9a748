import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { issueToken, type PageRole } from './access-token.js';
import { openCoordinatorKeys, transientCoordinatorKeys, type CoordinatorKeys } from './coordinator-keys.js';
import { enrol, revoke } from './enrolment.js';
import { createKeyPair } from './key-pair.js';

const now = Date.UTC(2026, 0, 1);
const later = new Date(now + 1000);

async function open(path: string, today = now): Promise<CoordinatorKeys> {
  const keys = await openCoordinatorKeys(path, { enrolmentRequired: true, now: () => today });
  onTestFinished(() => keys[Symbol.asyncDispose]());
  return keys;
}

function tokenOf(path: string, name = 'ann', role: PageRole = 'viewer'): Promise<string> {
  return issueToken(path, { name, role }, later);
}

/** The texts of all files in a folder. */
async function textsIn(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return (await Promise.all(files.map((file) => readFile(join(file.parentPath, file.name), 'utf8')))).join('\n');
}

describe('an access token', () => {
  it('tells who its owner is, at a coordinator that was open before', async () => {
    const path = await temporaryFolder();
    const keys = await open(path);
    expect(await keys.ownerOf(await tokenOf(path))).toEqual({ name: 'ann', role: 'viewer' });
    expect(await keys.ownerOf(await tokenOf(path, 'Zoë, on call', 'operator'))).toEqual({
      name: 'Zoë, on call',
      role: 'operator',
    });
  });

  it('has a secret of 256 bits, of which only the hash is stored, for the owner of the folder only', async () => {
    const path = await temporaryFolder();
    const token = await tokenOf(path);
    const [, secret = ''] = token.split('.');
    expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
    const stored = await textsIn(path);
    expect(stored).toContain('"name":"ann","role":"viewer","hash":"');
    expect(stored).not.toContain(secret);
    expect(stored).not.toContain(Buffer.from(secret, 'base64url').toString('hex'));
    const [file = ''] = await readdir(join(path, 'tokens'));
    expect((await stat(join(path, 'tokens', file))).mode & 0o777).toBe(0o600);
    expect((await stat(join(path, 'tokens'))).mode & 0o777).toBe(0o700);
    expect(await tokenOf(path)).not.toBe(token);
  });

  it("is nobody's with another secret, another name, or more text", async () => {
    const path = await temporaryFolder();
    const keys = await open(path);
    const [annsToken, bensToken] = [await tokenOf(path), await tokenOf(path, 'ben')];
    const [[annsName], [, bensSecret]] = [annsToken.split('.'), bensToken.split('.')];
    for (const wrong of [`${annsName}.${bensSecret}`, `${annsToken}A`, ` ${annsToken}`, '', '.', '../ann', 'ann']) {
      expect(await keys.ownerOf(wrong)).toBeUndefined();
    }
    expect(await transientCoordinatorKeys().ownerOf(annsToken)).toBeUndefined();
  });

  it('is good until it expires, and no moment longer', async () => {
    const path = await temporaryFolder();
    const token = await tokenOf(path);
    const early = await open(path, later.getTime() - 1);
    expect(await early.ownerOf(token)).toMatchObject({ name: 'ann' });
    await early[Symbol.asyncDispose]();
    const late = await open(path, later.getTime());
    expect(await late.ownerOf(token)).toBeUndefined();
  });

  it("is nobody's once it is revoked, or replaced by the next one of the name", async () => {
    const path = await temporaryFolder();
    const keys = await open(path);
    const [first, second] = [await tokenOf(path), await tokenOf(path, 'ann', 'operator')];
    expect(await keys.ownerOf(first)).toBeUndefined();
    expect(await keys.ownerOf(second)).toEqual({ name: 'ann', role: 'operator' });
    expect(await revoke(path, 'ann')).toEqual({ hadCode: false, hadToken: true });
    expect(await keys.ownerOf(second)).toBeUndefined();
    await expect(revoke(path, 'ann')).rejects.toThrow('found none of the name "ann"');
  });
});

describe('a name', () => {
  it('is that of a client or of a token, not of both', async () => {
    const path = await temporaryFolder();
    const keys = await openCoordinatorKeys(path, { enrolmentRequired: false });
    await keys.admit({ client: 'ben', key: createKeyPair().publicKey });
    await keys[Symbol.asyncDispose]();
    await enrol(path, 'cid', later);
    await tokenOf(path, 'ann');
    for (const client of ['ben', 'cid']) {
      await expect(tokenOf(path, client)).rejects.toThrow(`expected a name that no client has, found "${client}"`);
    }
    await expect(enrol(path, 'ann', later)).rejects.toThrow('expected a name that no access token has, found "ann"');
  });

  it.each(['coordinator', 'an\u202en', ''])('of a token is not %j', async (name) => {
    await expect(tokenOf(await temporaryFolder(), name)).rejects.toThrow('enrol: name: expected the name');
  });
});
