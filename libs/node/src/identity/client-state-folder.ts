/** The folder in which a client stores what it needs to continue after a restart: its identity and its memory. */

import { InvalidInput } from '@gaitway/core';
import { type Digest, parseInput } from '@gaitway/core/internal';
import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeFileAtomically } from '../files/atomic-write.js';
import { parseJson } from '../files/json-lines.js';
import { readText, readWhereThere } from '../files/read-file.js';
import type { EnrolmentCode } from './enrolment-code.js';
import { createKeyPair, type KeyPair, readKeyPair } from './key-pair.js';

/** What a client needs to prove who it is, and to know its coordinator again. */
export interface ClientIdentity {
  readonly keys: KeyPair;
  /** The fingerprint of the only coordinator that the client talks to. Absent: the first that it meets. */
  readonly coordinator?: string;
  /** The secret of an enrolment code. */
  readonly code?: string;
  /** Called with the fingerprint of the first coordinator that the client meets, before it says who it is. */
  readonly onCoordinator: (fingerprint: string) => Promise<void>;
}

/** Makes an identity that lasts as long as this process. */
export function transientIdentity(): ClientIdentity {
  return { keys: createKeyPair(), onCoordinator: () => Promise.resolve() };
}

export interface ClientStateFolder {
  /**
   * The identity of the client, which is made and stored where there is none.
   *
   * @param code - Says which coordinator to trust from now on
   * @throws InvalidInput when there is a file instead of a folder, or another client's identity in it
   */
  identity(client: string, code: EnrolmentCode | undefined): Promise<ClientIdentity>;
  /** Path of the client's memory for a study, which is separate from that of other studies. */
  memoryOf(study: Digest): string;
  /**
   * Removes what was only for the studies that are finished: the memory of those for which `memoryOf` was called, and the
   * trust in a coordinator that no code named. The next study may have another coordinator.
   */
  forget(): Promise<void>;
}

/** Only the owner has access to the folder and the identity in it: with its key, others could take the client's place. */
const FOLDER_MODE = 0o700;
const IDENTITY_MODE = 0o600;

export function clientStateFolder(path: string): ClientStateFolder {
  const file = join(path, 'identity.json');
  const memories = new Set<string>();
  let stored: StoredIdentity | undefined;
  const store = async (identity: StoredIdentity): Promise<void> => {
    await mkdir(path, { recursive: true, mode: FOLDER_MODE });
    await writeFileAtomically(file, `${JSON.stringify(identity, undefined, 2)}\n`, { mode: IDENTITY_MODE });
    stored = identity;
  };
  return {
    identity: async (client, code) => {
      await refuseFile(path);
      const kept = await readIdentity(file, client);
      const keys = kept ? readKeyPair(kept.key, `${file}: key`) : createKeyPair();
      const trusted = code ? { coordinator: code.coordinator, enrolled: true } : {};
      const identity = { client, key: keys.privateKey, enrolled: false, ...kept, ...trusted };
      if (!kept || code) {
        // Before the first hello, so that a client that is killed right after its welcome is known again.
        await store(identity);
      }
      stored = identity;
      return {
        keys,
        ...(identity.coordinator !== undefined && { coordinator: identity.coordinator }),
        ...(code && { code: code.secret }),
        onCoordinator: (coordinator) => store({ ...identity, coordinator }),
      };
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
      if (stored && !stored.enrolled) {
        const { client, key, enrolled } = stored;
        await store({ client, key, enrolled });
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

/** Who a client is, and whom it trusts. */
interface StoredIdentity {
  /** Its name in the study. */
  readonly client: string;
  /** Its private key (PKCS #8, PEM). Anybody who has it can take this client's place. */
  readonly key: string;
  /** The fingerprint of the coordinator's key; absent where the client has not met a coordinator yet. */
  readonly coordinator?: string;
  /** Whether a code said which coordinator to trust. Otherwise it is the first one that the client met. */
  readonly enrolled: boolean;
}

const schema: z.ZodType<StoredIdentity> = z.strictObject({
  client: z.string(),
  key: z.string(),
  coordinator: z.string().exactOptional(),
  enrolled: z.boolean(),
});

async function readIdentity(path: string, client: string): Promise<StoredIdentity | undefined> {
  const text = await readWhereThere(path, readText);
  if (text === undefined) {
    return undefined;
  }
  const identity = parseInput(schema, parseJson(text, path), path);
  if (identity.client !== client) {
    const message = `expected "${client}", the name of this client, found "${identity.client}": each client needs a --state folder of its own`;
    throw new InvalidInput(path, [{ path: 'client', message }]);
  }
  return identity;
}
