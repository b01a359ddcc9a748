/** The folder in which a client keeps what it needs to go on after a restart: who it is, and its memory. */

import { InvalidInput, type Digest } from '@gaitway/core';
import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readSession, writeIdentity, type ClientIdentity } from './identity-file.js';

export interface ClientStateFolder {
  /**
   * The session that the client kept; undefined where there is none, or it was kept for another coordinator.
   *
   * @throws InvalidInput when there is a file instead of a folder, or another client's identity in it
   */
  readSession(client: string, coordinator: string): Promise<string | undefined>;
  /** Keeps an identity for the next start; makes the folder. */
  writeIdentity(identity: ClientIdentity): Promise<void>;
  /** Where the client keeps what it needs from round to round of a study, apart from those of other studies. */
  memoryOf(study: Digest): string;
  /** Removes the memory of the studies that were asked for: they are finished. */
  forget(): Promise<void>;
}

/** What is in it is for its owner only: a session lets others take the client's place. */
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
