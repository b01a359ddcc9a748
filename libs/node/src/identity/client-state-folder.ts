/** The folder in which a client stores what it needs to continue after a restart: its identity and its memory. */

import { InvalidInput } from '@gaitway/core';
import { type Digest, parseInput } from '@gaitway/core/internal';
import { mkdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeFileAtomically } from '../files/atomic-write.js';
import { parseJson } from '../files/json-lines.js';

export interface ClientStateFolder {
  /**
   * The session that the client stored; undefined where there is none, or it belongs to another coordinator.
   *
   * @throws InvalidInput when there is a file instead of a folder, or another client's identity in it
   */
  readSession(client: string, coordinator: string): Promise<string | undefined>;
  /** Stores an identity for the next start; creates the folder if necessary. */
  writeIdentity(identity: ClientIdentity): Promise<void>;
  /** Path of the client's memory for a study, which is separate from that of other studies. */
  memoryOf(study: Digest): string;
  /** Removes the memory of the studies for which `memoryOf` was called, because they are finished. */
  forget(): Promise<void>;
}

/** Only the owner has access to the folder and the identity in it: with a session, others could take the client's place. */
const FOLDER_MODE = 0o700;
const IDENTITY_MODE = 0o600;

export function clientStateFolder(path: string): ClientStateFolder {
  const identity = join(path, 'identity.json');
  const memories = new Set<string>();
  return {
    readSession: async (client, coordinator) => {
      await refuseFile(path);
      return readSession(identity, client, coordinator);
    },
    writeIdentity: async (given) => {
      await mkdir(path, { recursive: true, mode: FOLDER_MODE });
      await writeIdentity(identity, given);
    },
    memoryOf: (study) => {
      const memory = join(path, 'memory', study);
      memories.add(memory);
      return memory;
    },
    forget: async () => {
      for (const memory of memories) {
        await rm(memory, { recursive: true, force: true });
      }
    },
  };
}

async function refuseFile(path: string): Promise<void> {
  const isFile = await stat(path).then(
    (found) => !found.isDirectory(),
    () => false,
  );
  if (isFile) {
    throw new InvalidInput(path, [{ path: '', message: 'expected a folder, found a file: choose another name' }]);
  }
}

/** The identity of a client towards a coordinator. */
export interface ClientIdentity {
  /** Its name in the study. */
  readonly client: string;
  /** The coordinator's address. */
  readonly coordinator: string;
  /** The secret by which the coordinator recognises the client. Anybody who has it can take this client's place. */
  readonly session: string;
}

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
  await writeFileAtomically(path, `${JSON.stringify(identity, undefined, 2)}\n`, { mode: IDENTITY_MODE });
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
