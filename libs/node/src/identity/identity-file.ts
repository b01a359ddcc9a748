/** The file by which a client is recognised after a restart. */

import { InvalidInput, parseInput } from '@gaitway/core';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { writeFileAtomically } from '../files/atomic-write.js';
import { parseJson } from '../files/json-lines.js';

/** The identity of a client towards a coordinator. */
export interface ClientIdentity {
  /** Its name in the study. */
  readonly client: string;
  /** The coordinator's address. */
  readonly coordinator: string;
  /** The secret by which the coordinator recognises the client. Anybody who has it can take this client's place. */
  readonly session: string;
}

/** Anybody who can read a session can take the client's place. */
const OWNER_ONLY = 0o600;

const schema: z.ZodType<ClientIdentity> = z.strictObject({
  client: z.string(),
  coordinator: z.string(),
  session: z.string().min(1).max(100),
});

/**
 * The session that a client stored; undefined where there is no such file, or it belongs to another coordinator.
 *
 * @throws InvalidInput when the file cannot be read, is not an identity, or is that of another client.
 */
export async function readSession(path: string, client: string, coordinator: string): Promise<string | undefined> {
  const text = await readWhereThere(path);
  if (text === undefined) {
    return undefined;
  }
  const identity = parseInput(schema, parseJson(text, path), path);
  if (identity.client !== client) {
    const message = `expected "${client}", the name of this client, found "${identity.client}": each client needs a --state folder of its own`;
    throw new InvalidInput(path, [{ path: 'client', message }]);
  }
  return identity.coordinator === coordinator ? identity.session : undefined;
}

/** Stores an identity for the next start. */
export async function writeIdentity(path: string, identity: ClientIdentity): Promise<void> {
  await writeFileAtomically(path, `${JSON.stringify(identity, undefined, 2)}\n`, { mode: OWNER_ONLY });
}

async function readWhereThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT') {
      return undefined;
    }
    throw new InvalidInput(path, [{ path: '', message: `cannot be read: ${message}` }]);
  }
}
