/** What an operator does about a client's key: gives the client a code for it, or revokes it. */

import { COORDINATOR, InvalidInput } from '@gaitway/core';
import { isName } from '@gaitway/protocol';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomically } from '../files/atomic-write.js';
import { readText, readWhereThere } from '../files/read-file.js';
import { createEnrolmentCode, enrolmentCodeText, hashOf } from './enrolment-code.js';
import { fingerprintOf } from './key-pair.js';
import { codePath, coordinatorKeyPair, keysFolder, readOwners, SECRET_MODE, type StoredCode } from './keys-folder.js';

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
 * @throws InvalidInput when no client can have the name, or the folder cannot be used
 */
export async function enrol(path: string, client: string, expires: Date): Promise<NewEnrolment> {
  refuseName(client);
  const folder = keysFolder(path);
  const { fingerprint: coordinator } = await coordinatorKeyPair(folder);
  const code = createEnrolmentCode(client, coordinator);
  const stored: StoredCode = { client, hash: hashOf(code.secret), expires: expires.toISOString() };
  await writeFileAtomically(codePath(folder, client), `${JSON.stringify(stored)}\n`, { mode: SECRET_MODE });
  return { code: enrolmentCodeText(code), expires, coordinator };
}

function refuseName(client: string): void {
  if (client === COORDINATOR || !isName(client)) {
    const message = `expected the name of a client, on one line and other than "${COORDINATOR}", found ${JSON.stringify(client)}`;
    throw new InvalidInput('enrol', [{ path: 'name', message }]);
  }
}

/** What `revoke` took from a client. */
export interface Revocation {
  /** The fingerprint of its key; absent where it had none. */
  readonly key?: string;
  /** Whether it had a code that nobody had used. */
  readonly hadCode: boolean;
}

/**
 * Revokes the key of a client and withdraws its code. The name stays taken: only a new code gives it to another key.
 *
 * @throws InvalidInput when the folder has neither for that name
 */
export async function revoke(path: string, client: string): Promise<Revocation> {
  const folder = keysFolder(path);
  const code = codePath(folder, client);
  const hadCode = (await readWhereThere(code, readText)) !== undefined;
  await rm(code, { force: true });
  const key = (await readOwners(folder)).get(client)?.key; // read last, with what the code may have brought until then
  if (key === undefined) {
    if (!hadCode) {
      const message = `expected a client with a key or a code, found none of the name "${client}"`;
      throw new InvalidInput(path, [{ path: '', message }]);
    }
    return { hadCode };
  }
  const fingerprint = fingerprintOf(key);
  const note = { name: client, key };
  await writeFileAtomically(join(folder.revoked, `${fingerprint}.json`), `${JSON.stringify(note)}\n`);
  return { key: fingerprint, hadCode };
}
