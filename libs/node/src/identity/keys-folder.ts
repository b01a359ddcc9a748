/**
 * The folder of a coordinator's keys: its own, those of its clients, enrolment codes that were not used yet, keys that are
 * revoked, and access tokens. `clients.jsonl` is written by the coordinator alone; `gaitway enrol` and `gaitway revoke` write
 * files of their own, which a running coordinator sees.
 */

import { createHash } from 'node:crypto';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { InvalidInput } from '@gaitway/core';
import { foldedName, parseInput } from '@gaitway/core/internal';
import { z } from 'zod';
import { writeFileOnce } from '../files/atomic-write.js';
import { parseJson, readJsonLines } from '../files/json-lines.js';
import { readText, readWhereThere } from '../files/read-file.js';
import type { Owner } from './admission.js';
import { createKeyPair, readKeyPair, type KeyPair } from './key-pair.js';

/** Only the owner has access to the folder, and to the files with secrets in it. */
const FOLDER_MODE = 0o700;
export const SECRET_MODE = 0o600;

/** The paths in a folder of keys. */
export interface KeysFolder {
  readonly path: string;
  /** The coordinator's private key. */
  readonly coordinator: string;
  /** A line for each time that a name was given to a key; the last line of a name counts. */
  readonly clients: string;
  readonly codes: string;
  readonly revoked: string;
  readonly tokens: string;
}

/** The paths in a folder of keys, whether they exist or not. */
export function keysFolder(path: string): KeysFolder {
  return {
    path,
    coordinator: join(path, 'coordinator.pem'),
    clients: join(path, 'clients.jsonl'),
    codes: join(path, 'codes'),
    revoked: join(path, 'revoked'),
    tokens: join(path, 'tokens'),
  };
}

const ownedName: z.ZodType<Owner> = z.strictObject({ name: z.string(), key: z.string(), enrolled: z.boolean() });

/** An enrolment code as it is stored. */
export interface StoredCode {
  readonly client: string;
  /** The SHA-256 of the secret. */
  readonly hash: string;
  /** ISO 8601, in UTC. */
  readonly expires: string;
}

/** An access token as it is stored. */
export interface StoredToken {
  /** The name of its owner. */
  readonly name: string;
  readonly role: 'viewer' | 'operator';
  /** The SHA-256 of the secret. */
  readonly hash: string;
  /** ISO 8601, in UTC. */
  readonly expires: string;
}

const secretFields = { hash: z.string().regex(/^[0-9a-f]{64}$/), expires: z.iso.datetime() };

const storedCode: z.ZodType<StoredCode> = z.strictObject({ client: z.string(), ...secretFields });

const storedToken: z.ZodType<StoredToken> = z.strictObject({
  name: z.string(),
  role: z.enum(['viewer', 'operator']),
  ...secretFields,
});

/**
 * The coordinator's key pair, which is made where the folder has none.
 *
 * @throws InvalidInput when the folder or the key in it cannot be used
 */
export async function coordinatorKeyPair(folder: KeysFolder): Promise<KeyPair> {
  await makeFolders(folder);
  const kept = await readWhereThere(folder.coordinator, readText);
  if (kept === undefined) {
    // Somebody else may do the same at this moment: all codes name the key that is kept.
    await writeFileOnce(folder.coordinator, createKeyPair().privateKey, { mode: SECRET_MODE });
  }
  return readKeyPair(kept ?? (await readText(folder.coordinator)), folder.coordinator);
}

async function makeFolders({ path, codes, revoked, tokens }: KeysFolder): Promise<void> {
  try {
    for (const folder of [path, codes, revoked, tokens]) {
      await mkdir(folder, { recursive: true, mode: FOLDER_MODE });
    }
  } catch (cause) {
    const { message } = cause as Error;
    throw new InvalidInput(path, [
      { path: '', message: `expected a folder for keys, but it cannot be made: ${message}` },
    ]);
  }
}

/** The owners of all names, by names without upper and lower case. */
export async function readOwners({ clients }: KeysFolder): Promise<Map<string, Owner>> {
  const { documents } = await readJsonLines(clients, ownedName);
  return new Map(documents.map((owner) => [foldedName(owner.name), owner]));
}

/**
 * The fingerprints of the keys that are revoked.
 *
 * @throws Error when the folder cannot be read: nobody knows then who is revoked
 */
export async function readRevoked({ revoked }: KeysFolder): Promise<ReadonlySet<string>> {
  const files = await readdir(revoked);
  return new Set(files.map((file) => file.replace(/\.json$/, '')));
}

/** Path of the code of a client, which has at most one. */
export function codePath({ codes }: KeysFolder, client: string): string {
  return join(codes, fileOfName(client));
}

/** Path of the access token of a name, which has at most one. */
export function tokenPath({ tokens }: KeysFolder, name: string): string {
  return join(tokens, fileOfName(name));
}

/** The name of a file in which something of a name is stored, whatever characters the name has. */
function fileOfName(name: string): string {
  return `${createHash('sha256').update(foldedName(name)).digest('hex')}.json`;
}

/** The code of a client that nobody has used; undefined where there is none. */
export async function readCode(folder: KeysFolder, client: string): Promise<StoredCode | undefined> {
  return readDocument(codePath(folder, client), storedCode);
}

/** The access token of a name; undefined where there is none. */
export async function readToken(folder: KeysFolder, name: string): Promise<StoredToken | undefined> {
  return readDocument(tokenPath(folder, name), storedToken);
}

async function readDocument<T>(path: string, schema: z.ZodType<T>): Promise<T | undefined> {
  const text = await readWhereThere(path, readText);
  return text === undefined ? undefined : parseInput(schema, parseJson(text, path), path);
}

/**
 * The client of a name as it is written there: it has a key, which may be revoked, or a code. Undefined where there is none.
 */
export async function knownClient(folder: KeysFolder, name: string): Promise<string | undefined> {
  return (await readOwners(folder)).get(foldedName(name))?.name ?? (await readCode(folder, name))?.client;
}
