/** The folder in which a client stores what it needs to continue after a restart: its identity and its memory. */

import { InvalidInput, type Digest } from '@gaitway/core';
import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readSession, writeIdentity, type ClientIdentity } from './identity-file.js';

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

/** The folder is accessible to its owner only: with a session, others could take the client's place. */
const OWNER_ONLY = 0o700;

export function clientStateFolder(path: string): ClientStateFolder {
  const identity = join(path, 'identity.json');
  const memories = new Set<string>();
  return {
    readSession: async (client, coordinator) => {
      await refuseFile(path);
      return readSession(identity, client, coordinator);
    },
    writeIdentity: async (given) => {
      await mkdir(path, { recursive: true, mode: OWNER_ONLY });
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
