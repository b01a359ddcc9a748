/** What an operator does about a client's key: gives the client a code for it, or revokes it. Access tokens are revoked too. */

import { COORDINATOR, InvalidInput } from '@gaitway/core';
import { foldedName } from '@gaitway/core/internal';
import { isName } from '@gaitway/protocol';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomically } from '../files/atomic-write.js';
import { readText, readWhereThere } from '../files/read-file.js';
import { caseReason } from './admission.js';
import { createEnrolmentCode, enrolmentCodeText, hashOf } from './enrolment-code.js';
import { fingerprintOf } from './key-pair.js';
import {
  codePath,
  coordinatorKeyPair,
  keysFolder,
  knownClient,
  readOwners,
  readToken,
  SECRET_MODE,
  tokenPath,
  type StoredCode,
} from './keys-folder.js';

/** An enrolment code that was just made. Its text is stored nowhere. */
export interface NewEnrolment {
  readonly code: string;
  readonly expires: Date;
  /** The fingerprint of the coordinator's key. */
  readonly coordinator: string;
}

/**
 * Makes an enrolment code for a client, in place of one that it may have had.
 *
 * @throws InvalidInput when no client can have the name, an access token has it, a client has it in other upper and lower
 *   case, or the folder cannot be used
 */
export async function enrol(path: string, client: string, expires: Date): Promise<NewEnrolment> {
  refuseName(client);
  const folder = keysFolder(path);
  const token = await readToken(folder, client);
  if (token) {
    const message = `expected a name that no access token has, found "${token.name}", a ${token.role}: choose another for the client`;
    throw new InvalidInput('enrol', [{ path: 'name', message }]);
  }
  const known = await knownClient(folder, client);
  if (known !== undefined && known !== client) {
    throw new InvalidInput('enrol', [{ path: 'name', message: caseReason(client, known) }]);
  }
  const { fingerprint: coordinator } = await coordinatorKeyPair(folder);
  const code = createEnrolmentCode(client, coordinator);
  const stored: StoredCode = { client, hash: hashOf(code.secret), expires: expires.toISOString() };
  await writeFileAtomically(codePath(folder, client), `${JSON.stringify(stored)}\n`, { mode: SECRET_MODE });
  return { code: enrolmentCodeText(code), expires, coordinator };
}

/** @throws InvalidInput when neither a client nor an access token can have the name */
export function refuseName(name: string): void {
  if (foldedName(name) === COORDINATOR || !isName(name)) {
    const message = `expected the name of a client, on one line and other than "${COORDINATOR}", found ${JSON.stringify(name)}`;
    throw new InvalidInput('enrol', [{ path: 'name', message }]);
  }
}

/** What `revoke` took from a name. */
export interface Revocation {
  /** The fingerprint of its key; absent where it had none. */
  readonly key?: string;
  /** Whether it had a code that nobody had used. */
  readonly hadCode: boolean;
  /** Whether it had an access token. */
  readonly hadToken: boolean;
}

/**
 * Revokes the key of a client and withdraws its code, or revokes an access token. The name of a client stays taken: only a
 * new code gives it to another key.
 *
 * @throws InvalidInput when the folder has nothing of that name
 */
export async function revoke(path: string, name: string): Promise<Revocation> {
  const folder = keysFolder(path);
  const hadCode = await removed(codePath(folder, name));
  const hadToken = await removed(tokenPath(folder, name));
  const key = (await readOwners(folder)).get(foldedName(name))?.key; // read last, with what the code may have brought until then
  if (key === undefined) {
    if (!hadCode && !hadToken) {
      const message = `expected a client with a key or a code, or an access token, found none of the name "${name}"`;
      throw new InvalidInput(path, [{ path: '', message }]);
    }
    return { hadCode, hadToken };
  }
  const fingerprint = fingerprintOf(key);
  const note = { name, key };
  await writeFileAtomically(join(folder.revoked, `${fingerprint}.json`), `${JSON.stringify(note)}\n`);
  return { key: fingerprint, hadCode, hadToken };
}

/** Removes a file; whether there was one. */
async function removed(path: string): Promise<boolean> {
  const wasThere = (await readWhereThere(path, readText)) !== undefined;
  await rm(path, { force: true });
  return wasThere;
}
