/**
 * Access tokens: with one, a person or a program reads the pages of a coordinator, or pauses its studies. A token has the
 * name of its owner and a secret, of which only the hash is stored.
 */

import { randomBytes } from 'node:crypto';
import { InvalidInput } from '@gaitway/core';
import { writeFileAtomically } from '../files/atomic-write.js';
import { refuseName } from './enrolment.js';
import { hashOf, isHashOf } from './enrolment-code.js';
import {
  coordinatorKeyPair,
  keysFolder,
  knownClient,
  readToken,
  SECRET_MODE,
  tokenPath,
  type KeysFolder,
  type StoredToken,
} from './keys-folder.js';

/** What the owner of a token may do: a viewer reads, an operator also pauses and resumes. */
export type PageRole = StoredToken['role'];

/** Whose token it is. */
export type TokenOwner = Pick<StoredToken, 'name' | 'role'>;

/** Bytes of a secret. It is longer than that of a code, which is good once and for a week. */
const SECRET_BYTES = 32;

/**
 * Makes an access token, in place of one that its owner may have had. Its text is stored nowhere.
 *
 * @param path - Of the folder of keys
 * @throws InvalidInput when nobody can have the name, a client has it, or the folder cannot be used
 */
export async function issueToken(path: string, { name, role }: TokenOwner, expires: Date): Promise<string> {
  refuseName(name);
  const folder = keysFolder(path);
  await coordinatorKeyPair(folder);
  const client = await knownClient(folder, name);
  if (client !== undefined) {
    const message = `expected a name that no client has, found "${client}": choose another for the token`;
    throw new InvalidInput('enrol', [{ path: 'name', message }]);
  }
  const secret = randomBytes(SECRET_BYTES).toString('base64url');
  const stored: StoredToken = { name, role, hash: hashOf(secret), expires: expires.toISOString() };
  await writeFileAtomically(tokenPath(folder, name), `${JSON.stringify(stored)}\n`, { mode: SECRET_MODE });
  return `${Buffer.from(name).toString('base64url')}.${secret}`;
}

const TOKEN = /^(?<name>[A-Za-z0-9_-]+)\.(?<secret>[A-Za-z0-9_-]{43})$/;

/**
 * Whose token a text is; undefined for a text that is none, and for a token that was revoked, replaced or has expired. It
 * reads the token's file each time, so that a revocation counts from the next request on.
 *
 * @param now - Milliseconds since 1970
 * @throws Error when the file cannot be read
 */
export async function ownerOfToken(folder: KeysFolder, token: string, now: number): Promise<TokenOwner | undefined> {
  const { name, secret } = TOKEN.exec(token)?.groups ?? {};
  if (name === undefined || secret === undefined) {
    return undefined;
  }
  const stored = await readToken(folder, Buffer.from(name, 'base64url').toString());
  return stored && isHashOf(stored.hash, secret) && now < Date.parse(stored.expires)
    ? { name: stored.name, role: stored.role }
    : undefined;
}
