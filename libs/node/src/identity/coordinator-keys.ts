/** The keys of a running coordinator: its own, with which it answers clients, and those of its clients. */

import { unlink } from 'node:fs/promises';
import { ownerOfToken, type TokenOwner } from './access-token.js';
import { foldedName } from '@gaitway/core/internal';
import { claimFolder } from '../files/claim-folder.js';
import { appendJsonLines, cutLines } from '../files/json-lines.js';
import { admitKey, type Applicant, type KeyStore, type Objection, type Owner } from './admission.js';
import { isHashOf } from './enrolment-code.js';
import { createKeyPair, type KeyPair } from './key-pair.js';
import {
  codePath,
  coordinatorKeyPair,
  keysFolder,
  readCode,
  readOwners,
  readRevoked,
  type KeysFolder,
} from './keys-folder.js';

/** Disposing of them lets another process use their folder. */
export interface CoordinatorKeys extends AsyncDisposable {
  readonly own: KeyPair;
  /** Whether only clients that were enrolled may take part, and only owners of an access token may read the pages. */
  readonly enrolmentRequired: boolean;
  /**
   * Lets a client take part under its name, or says why not.
   *
   * @throws Error when that cannot be read or stored
   */
  admit(applicant: Applicant): Promise<Objection | undefined>;
  /** The fingerprints of the keys that are revoked by now. */
  revoked(): Promise<ReadonlySet<string>>;
  /**
   * Whose access token a text is now; undefined where it is nobody's.
   *
   * @throws Error when that cannot be read
   */
  ownerOf(token: string): Promise<TokenOwner | undefined>;
}

export interface CoordinatorKeysOptions {
  /** Whether a client needs an enrolment code. Otherwise the first key that uses a name owns it. */
  readonly enrolmentRequired: boolean;
  /** Milliseconds since 1970, by which codes and access tokens expire. Absent: this machine's clock. */
  readonly now?: () => number;
}

/**
 * Opens a folder of keys, which is made where there is none.
 *
 * @throws InvalidInput when the folder or a file in it cannot be used, or another process uses it
 */
export async function openCoordinatorKeys(
  path: string,
  { enrolmentRequired, now = Date.now }: CoordinatorKeysOptions,
): Promise<CoordinatorKeys> {
  const folder = keysFolder(path);
  const own = await coordinatorKeyPair(folder);
  const claim = await claimFolder(path);
  try {
    await cutLines(folder.clients);
    const store = folderStore(folder, await readOwners(folder), now);
    return {
      own,
      enrolmentRequired,
      admit: (applicant) => admitKey(store, applicant, enrolmentRequired),
      revoked: () => store.revoked(),
      ownerOf: (token) => ownerOfToken(folder, token, now()),
      [Symbol.asyncDispose]: () => claim[Symbol.asyncDispose](),
    };
  } catch (error) {
    await claim[Symbol.asyncDispose]();
    throw error;
  }
}

/** Makes keys that last as long as this process, for a service without a folder. Nobody can enrol; the first key of a name owns it. */
export function transientCoordinatorKeys(): CoordinatorKeys {
  const owners = new Map<string, Owner>();
  const store: KeyStore = {
    owner: (name) => owners.get(foldedName(name)),
    names: () => owners.size,
    assign: (owner) => {
      owners.set(foldedName(owner.name), owner);
      return Promise.resolve();
    },
    redeem: () => Promise.resolve('unknown'),
    revoked: () => Promise.resolve(new Set()),
  };
  return {
    own: createKeyPair(),
    enrolmentRequired: false,
    admit: (applicant) => admitKey(store, applicant, false),
    revoked: () => store.revoked(),
    ownerOf: () => Promise.resolve(undefined),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

function folderStore(folder: KeysFolder, owners: Map<string, Owner>, now: () => number): KeyStore {
  const append = batchedAppend(folder.clients);
  return {
    owner: (name) => owners.get(foldedName(name)),
    names: () => owners.size,
    assign: async (owner) => {
      const name = foldedName(owner.name);
      const before = owners.get(name);
      owners.set(name, owner); // at once, so that of two clients that come at the same time only one gets the name
      try {
        await append(owner);
      } catch (error) {
        if (before === undefined) {
          owners.delete(name);
        } else {
          owners.set(name, before);
        }
        throw error;
      }
    },
    redeem: async (name, secret) => {
      const code = await readCode(folder, name);
      if (code?.client !== name || !isHashOf(code.hash, secret)) {
        return 'unknown';
      }
      if (Date.parse(code.expires) <= now()) {
        return 'expired';
      }
      // Of two clients that show the same code at the same time, only one removes it.
      return (await isRemoved(codePath(folder, name))) ? 'redeemed' : 'unknown';
    },
    revoked: () => readRevoked(folder),
  };
}

/** Removes a file; false where somebody else has done so. (`rm` would call that a success.) */
async function isRemoved(path: string): Promise<boolean> {
  try {
    await unlink(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return false;
    }
    throw error;
  }
}

/** Appends lines to a file. Those that come while it is being written are written together: clients often come at once. */
function batchedAppend(path: string): (line: object) => Promise<void> {
  let last = Promise.resolve();
  let batch: { readonly lines: object[]; readonly written: Promise<void> } | undefined;
  const write = async (lines: readonly object[]): Promise<void> => {
    batch = undefined;
    try {
      await appendJsonLines(path, lines);
    } catch (error) {
      await cutLines(path).catch(() => undefined); // a full disk may have taken half a line
      throw error;
    }
  };
  return (line) => {
    if (batch) {
      batch.lines.push(line);
    } else {
      const lines = [line];
      batch = { lines, written: last.then(() => write(lines)) };
      last = batch.written.catch(() => undefined);
    }
    return batch.written;
  };
}
