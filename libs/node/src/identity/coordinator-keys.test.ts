import { InvalidInput } from '@gaitway/core';
import { appendFile, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { noFiles } from '../testing/no-files.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { openCoordinatorKeys, transientCoordinatorKeys, type CoordinatorKeys } from './coordinator-keys.js';
import { parseEnrolmentCode } from './enrolment-code.js';
import { enrol, revoke } from './enrolment.js';
import { createKeyPair } from './key-pair.js';

const [annsKey, annsNewKey, malsKey] = [
  createKeyPair().publicKey,
  createKeyPair().publicKey,
  createKeyPair().publicKey,
];
const ann = { client: 'ann', key: annsKey };
const DAY = 86_400_000;
const now = Date.UTC(2026, 0, 1);
const nextWeek = new Date(now + 7 * DAY);

async function open(path: string, enrolmentRequired = false, today = now): Promise<CoordinatorKeys> {
  const keys = await openCoordinatorKeys(path, { enrolmentRequired, now: () => today });
  onTestFinished(() => keys[Symbol.asyncDispose]());
  return keys;
}

/** Closes the keys and opens them again, as a coordinator that is started again does. */
async function reopen(path: string, keys: CoordinatorKeys, enrolmentRequired = false): Promise<CoordinatorKeys> {
  await keys[Symbol.asyncDispose]();
  return open(path, enrolmentRequired);
}

async function codeFor(path: string, client: string): Promise<string> {
  return parseEnrolmentCode((await enrol(path, client, nextWeek)).code).secret;
}

describe("a coordinator's own key", () => {
  it('stays the same, for its owner only', async () => {
    const path = join(await temporaryFolder(), 'keys');
    const keys = await open(path);
    const again = await reopen(path, keys);
    expect(again.own.publicKey).toBe(keys.own.publicKey);
    expect((await stat(path)).mode & 0o777).toBe(0o700);
    expect((await stat(join(path, 'coordinator.pem'))).mode & 0o777).toBe(0o600);
    expect(transientCoordinatorKeys().own.publicKey).not.toBe(transientCoordinatorKeys().own.publicKey);
  });

  it('is one, where several codes are the first at the same time', async () => {
    const path = join(await temporaryFolder(), 'keys');
    const made = await Promise.all(['ann', 'ben', 'cid'].map((client) => enrol(path, client, nextWeek)));
    const { own } = await open(path);
    expect(made.map(({ coordinator }) => coordinator)).toEqual(made.map(() => own.fingerprint));
    expect((await readdir(path)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('is refused where it is damaged, and not replaced', async () => {
    const path = await temporaryFolder({ 'coordinator.pem': 'half a k' });
    await expect(open(path)).rejects.toThrow(`${join(path, 'coordinator.pem')}: expected a private Ed25519 key in PEM`);
    expect(await readFile(join(path, 'coordinator.pem'), 'utf8')).toBe('half a k');
  });

  it.runIf(process.platform !== 'win32')(
    'is refused where something else is in the place of a file of its',
    async () => {
      const note = 'running-0a1b2c3d-0000-4000-8000-000000000000.json';
      for (const name of ['coordinator.pem', 'clients.jsonl', note]) {
        for (const { found, put } of noFiles) {
          const path = await temporaryFolder();
          put(join(path, name));
          await expect(open(path)).rejects.toThrow(InvalidInput);
          await expect(open(path)).rejects.toThrow(new RegExp(`${name}: expected .*, found ${found}$`));
        }
      }
    },
  );

  it.each<[string, string | Uint8Array, string]>([
    ['coordinator.pem', '', 'coordinator.pem: expected a private Ed25519 key in PEM'],
    ['coordinator.pem', Buffer.from('Gr\u00fcn', 'latin1'), 'coordinator.pem: expected text in UTF-8'],
    ['clients.jsonl', Buffer.from('{"name":"Gr\u00fcn"}\n', 'latin1'), 'clients.jsonl: expected text in UTF-8'],
    ['clients.jsonl', '{"name":"ann"}\n', 'clients.jsonl, line 1: key: expected text, found nothing'],
    ['codes', '', 'expected a folder for keys, but it cannot be made'],
    ['revoked', '', 'expected a folder for keys, but it cannot be made'],
  ])('is refused where %s is damaged: %s', async (name, content, message) => {
    const path = await temporaryFolder({ [name]: content });
    await expect(open(path)).rejects.toThrow(InvalidInput);
    await expect(open(path)).rejects.toThrow(message);
  });

  it('needs a folder that can be made, and that no other process uses', async () => {
    const path = await temporaryFolder({ file: '' });
    await expect(open(join(path, 'file'))).rejects.toThrow('expected a folder for keys, but it cannot be made');
    await open(path);
    await expect(open(path)).rejects.toThrow('expected a folder in which no other process works');
  });
});

describe.each(['in a folder', 'without one'])('a coordinator that is open to everybody, with keys %s,', (place) => {
  it('gives a name to the first key that uses it', async () => {
    const keys = place === 'in a folder' ? await open(await temporaryFolder()) : transientCoordinatorKeys();
    expect(await keys.admit(ann)).toBeUndefined();
    expect(await keys.admit({ client: 'ann', key: malsKey })).toEqual({
      kind: 'name',
      reason: expect.stringContaining('the name "ann" belongs to a client with another key'),
    });
    expect(await keys.admit(ann)).toBeUndefined();
    expect(await keys.admit({ client: 'mal', key: malsKey })).toBeUndefined();
  });

  it('gives it to one of two keys that use it at the same time', async () => {
    const keys = place === 'in a folder' ? await open(await temporaryFolder()) : transientCoordinatorKeys();
    const both = [annsKey, malsKey];
    const objections = await Promise.all(both.map((key) => keys.admit({ client: 'ann', key })));
    expect(objections.filter((objection) => objection === undefined)).toHaveLength(1);
    expect(objections.find((objection) => objection !== undefined)).toMatchObject({ kind: 'name' });
    const owner = both[objections.indexOf(undefined)] ?? '';
    expect(await keys.admit({ client: 'ann', key: owner })).toBeUndefined();
  });
});

describe('names that differ in upper and lower case alone', () => {
  it.each(['in a folder', 'without one'])('are one name, which has one key, with keys %s', async (place) => {
    const path = await temporaryFolder();
    const keys = place === 'in a folder' ? await open(path) : transientCoordinatorKeys();
    await keys.admit({ client: 'Ward-3', key: annsKey });
    for (const key of [annsKey, malsKey]) {
      expect(await keys.admit({ client: 'ward-3', key })).toEqual({
        kind: 'name',
        reason: expect.stringContaining(
          'expected a name that differs from "Ward-3" in more than upper and lower case, found "ward-3"',
        ),
      });
    }
    expect(await keys.admit({ client: 'Ward-3', key: annsKey })).toBeUndefined();
    expect(await keys.admit({ client: 'Ward-4', key: malsKey })).toBeUndefined();
  });

  it('have one code, good for the name as it was enrolled, and are revoked together', async () => {
    const path = await temporaryFolder();
    const code = await codeFor(path, 'Stra\u00dfe');
    await expect(enrol(path, 'STRASSE', nextWeek)).rejects.toThrow(
      'enrol: name: expected a name that differs from "Stra\u00dfe"',
    );
    const keys = await open(path, true);
    expect(await keys.admit({ client: 'STRASSE', key: malsKey, code })).toMatchObject({ kind: 'code' });
    expect(await keys.admit({ client: 'Stra\u00dfe', key: annsKey, code })).toBeUndefined();
    await expect(enrol(path, 'strasse', nextWeek)).rejects.toThrow('differs from "Stra\u00dfe"');
    const { key = '' } = await revoke(path, 'strasse');
    expect(await keys.revoked()).toEqual(new Set([key]));
    expect(await keys.admit({ client: 'Stra\u00dfe', key: annsKey })).toMatchObject({ kind: 'revoked' });
  });

  it("are not the coordinator's", async () => {
    await expect(enrol(await temporaryFolder(), 'Coordinator', nextWeek)).rejects.toThrow('other than "coordinator"');
  });
});

describe('the name of a client', () => {
  it('stays its own when the coordinator is started again', async () => {
    const path = await temporaryFolder();
    const keys = await open(path);
    await Promise.all(['ann', 'ben', 'cid'].map((client) => keys.admit({ client, key: createKeyPair().publicKey })));
    await keys.admit({ client: 'dora', key: annsKey });
    const again = await reopen(path, keys);
    for (const client of ['ann', 'ben', 'cid', 'dora']) {
      expect(await again.admit({ client, key: malsKey })).toMatchObject({ kind: 'name' });
    }
    expect(await again.admit({ client: 'dora', key: annsKey })).toBeUndefined();
  });

  it('stays its own where a line was cut short after it', async () => {
    const path = await temporaryFolder();
    const keys = await open(path);
    await keys.admit(ann);
    await appendFile(join(path, 'clients.jsonl'), '{"name":"ben","k');
    const again = await reopen(path, keys);
    expect(await again.admit({ client: 'ben', key: malsKey })).toBeUndefined();
    expect(await again.admit({ ...ann, key: malsKey })).toMatchObject({ kind: 'name' });
  });

  it('is free again where it could not be stored', async () => {
    const path = await temporaryFolder();
    const keys = await open(path);
    await mkdir(join(path, 'clients.jsonl'));
    await expect(keys.admit({ client: 'ann', key: malsKey })).rejects.toThrow('EISDIR');
    await rm(join(path, 'clients.jsonl'), { recursive: true });
    expect(await keys.admit(ann)).toBeUndefined();
  });
});

describe('an enrolment code', () => {
  it('gives the name to one key, once', async () => {
    const path = await temporaryFolder();
    const code = await codeFor(path, 'ann');
    const keys = await open(path, true);
    expect(await keys.admit(ann)).toMatchObject({ kind: 'not-enrolled' });
    const both = await Promise.all([annsKey, malsKey].map((key) => keys.admit({ client: 'ann', key, code })));
    expect(both.filter((objection) => objection === undefined)).toHaveLength(1);
    expect(both.filter((objection) => objection?.kind === 'code')).toHaveLength(1);
    expect(await readdir(join(path, 'codes'))).toEqual([]);
  });

  it('is stored as a hash, for its owner only', async () => {
    const path = await temporaryFolder();
    const code = await codeFor(path, 'ann');
    const [file = ''] = await readdir(join(path, 'codes'));
    expect(await readFile(join(path, 'codes', file), 'utf8')).not.toContain(code);
    expect((await stat(join(path, 'codes', file))).mode & 0o777).toBe(0o600);
  });

  it('may be shown again by the key that it enrolled, also to a coordinator that was started again', async () => {
    const path = await temporaryFolder();
    const code = await codeFor(path, 'ann');
    const keys = await open(path, true);
    expect(await keys.admit({ ...ann, code })).toBeUndefined();
    expect(await keys.admit({ ...ann, code })).toBeUndefined();
    const again = await reopen(path, keys, true);
    expect(await again.admit(ann)).toBeUndefined();
    expect(await again.admit({ client: 'ann', key: malsKey, code })).toMatchObject({ kind: 'code' });
  });

  it('is good until it expires, and no moment longer', async () => {
    const path = await temporaryFolder();
    const code = await codeFor(path, 'ann');
    const late = await open(path, true, nextWeek.getTime());
    expect(await late.admit({ ...ann, code })).toEqual({
      kind: 'code',
      reason: 'the enrolment code has expired: ask the operator for a new one',
    });
    await late[Symbol.asyncDispose]();
    const early = await open(path, true, nextWeek.getTime() - 1);
    expect(await early.admit({ ...ann, code })).toBeUndefined();
  });

  it('is good for its name alone, and not with another secret', async () => {
    const path = await temporaryFolder();
    const keys = await open(path, true);
    const code = await codeFor(path, 'ann');
    expect(await keys.admit({ client: 'mal', key: malsKey, code })).toMatchObject({ kind: 'code' });
    expect(await keys.admit({ ...ann, code: `${code}0` })).toMatchObject({ kind: 'code' });
    expect(await keys.admit({ ...ann, code })).toBeUndefined();
  });

  it('is withdrawn by the next one of the same name', async () => {
    const path = await temporaryFolder();
    const [first, second] = [await codeFor(path, 'ann'), await codeFor(path, 'ann')];
    const keys = await open(path, true);
    expect(await keys.admit({ ...ann, code: first })).toMatchObject({ kind: 'code' });
    expect(await keys.admit({ ...ann, code: second })).toBeUndefined();
  });

  it('gives a name that has a key to another key, which takes the place of the old one', async () => {
    const path = await temporaryFolder();
    const keys = await open(path);
    await keys.admit(ann);
    const code = await codeFor(path, 'ann');
    expect(await keys.admit({ client: 'ann', key: annsNewKey, code })).toBeUndefined();
    expect(await keys.admit(ann)).toMatchObject({ kind: 'name' });
    const again = await reopen(path, keys);
    expect(await again.admit({ client: 'ann', key: annsNewKey })).toBeUndefined();
    expect(await again.admit(ann)).toMatchObject({ kind: 'name' });
  });
});

describe('a key that was the first to use its name', () => {
  it('is not enrolled for that, and needs a code where codes are required', async () => {
    const path = await temporaryFolder();
    const lax = await open(path);
    await lax.admit(ann);
    const strict = await reopen(path, lax, true);
    expect(await strict.admit(ann)).toMatchObject({ kind: 'not-enrolled' });
    expect(await strict.admit({ ...ann, code: await codeFor(path, 'ann') })).toBeUndefined();
    const again = await reopen(path, strict, true);
    expect(await again.admit(ann)).toBeUndefined();
  });
});

describe('a key that is revoked', () => {
  it('may not take part any more, under whatever name, and the name stays taken until a new code', async () => {
    const path = await temporaryFolder();
    const keys = await open(path);
    await keys.admit(ann);
    expect(await keys.revoked()).toEqual(new Set());
    const { key = '' } = await revoke(path, 'ann');
    expect(await keys.revoked()).toEqual(new Set([key]));
    expect(await keys.admit(ann)).toEqual({
      kind: 'revoked',
      reason: 'the key of "ann" is revoked: ask the operator',
      isOwners: true,
    });
    expect(await keys.admit({ client: 'ben', key: annsKey })).toMatchObject({ kind: 'revoked' });
    expect(await keys.admit({ client: 'ann', key: malsKey })).toMatchObject({ kind: 'name' });
    const code = await codeFor(path, 'ann');
    expect(await keys.admit({ ...ann, code })).toMatchObject({ kind: 'revoked' });
    expect(await keys.admit({ client: 'ann', key: annsNewKey, code })).toBeUndefined();
    const again = await reopen(path, keys);
    expect(await again.admit(ann)).toMatchObject({ kind: 'revoked' });
  });

  it('takes a code along that nobody has used', async () => {
    const path = await temporaryFolder();
    const keys = await open(path, true);
    const code = await codeFor(path, 'ann');
    expect(await revoke(path, 'ann')).toEqual({ hadCode: true, hadToken: false });
    expect(await keys.admit({ ...ann, code })).toMatchObject({ kind: 'code' });
    await expect(revoke(path, 'ann')).rejects.toThrow(InvalidInput);
    await expect(revoke(path, 'ann')).rejects.toThrow('found none of the name "ann"');
  });

  it('lets nobody in while it cannot be known which keys are revoked', async () => {
    const path = await temporaryFolder();
    const keys = await open(path);
    await keys.admit(ann);
    await rm(join(path, 'revoked'), { recursive: true });
    await writeFile(join(path, 'revoked'), '');
    await expect(keys.admit(ann)).rejects.toThrow('ENOTDIR');
  });
});
